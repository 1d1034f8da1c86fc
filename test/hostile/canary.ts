/** The user of all logins that are planted here. */
export const user = 'robot';

/** The value of a header that shows a planted login. */
export function basic(password: string): string {
	return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/** Whether a text holds a secret, in whatever letters and in whatever form it could be read. */
export function holds(text: string, secret: string): boolean {
	return readingOf(text)(secret);
}

/** `holds` for many secrets in one text. */
export function readingOf(text: string): (secret: string) => boolean {
	const all = [...readings(text)].join('\n').toLowerCase();
	return (secret) => {
		// Base64 that has lost its upper case can no longer be read, but tried.
		const lost = [secret, `${user}:${secret}`].map((each) => Buffer.from(each).toString('base64').replace(/=*$/, ''));
		return [secret, ...lost].some((each) => all.includes(each.toLowerCase()));
	};
}

/** What a text says, and what all parts of it say that seem to be encoded. */
function* readings(text: string): Generator<string> {
	const plain = [text, withoutEntities(text), withoutEscapes(text), withoutEscapes(withoutEscapes(text))];
	for (const one of plain) {
		yield one;
		yield one.replace(/%([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
	}
	for (const digits of runsIn(plain, /[0-9a-f]{12,}/gi)) {
		for (const start of [0, 1]) yield Buffer.from(digits.slice(start), 'hex').toString('latin1');
	}
	for (const run of runsIn(plain, /[\w+/-]{12,}/g)) {
		for (const start of [0, 1, 2, 3]) yield withoutEscapes(Buffer.from(run.slice(start), 'base64').toString('latin1'));
	}
}

/** What fits a pattern in any of these texts, each once. */
function runsIn(texts: readonly string[], pattern: RegExp): ReadonlySet<string> {
	return new Set(texts.flatMap((text) => text.match(pattern) ?? []));
}

const signs: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#34': '"', '#39': "'" };

function withoutEntities(text: string): string {
	return text.replace(/&(amp|lt|gt|quot|#34|#39);/g, (found, name: string) => signs[name] ?? found);
}

function withoutEscapes(text: string): string {
	const plain = text.replace(/\\u([0-9a-f]{4})/gi, (_, digits: string) =>
		String.fromCharCode(Number.parseInt(digits, 16)),
	);
	return plain.replace(/\\(["\\/])/g, '$1');
}
