const ellipsis = '…';

/** A name of at most `most` characters: the middle is left out, because hosts differ at both ends. */
export function shortName(name: string, most: number): string {
	if (name.length <= most) return name;
	const tail = Math.floor((most - 1) * 0.6);
	return name.slice(0, most - 1 - tail) + ellipsis + name.slice(-tail);
}

/** What all names begin with, up to and with a hyphen: `eu-central-` of `eu-central-1a` and `eu-central-1b`. Empty for fewer than two names. */
export function beginningOf(names: readonly string[]): string {
	const [first = '', ...others] = [...new Set(names)];
	if (others.length === 0) return '';
	let length = first.length;
	for (const name of others) while (!name.startsWith(first.slice(0, length))) length -= 1;
	return first.slice(0, first.slice(0, length).lastIndexOf('-') + 1);
}
