/**
 * What an authority may sign: the path length of basic constraints and the name constraints (RFC 5280, 4.2.1.9 and
 * 4.2.1.10), which Node does not show.
 */
export interface Constraints {
	readonly pathLength?: number;
	readonly permitted: Names;
	readonly excluded: Names;
}

/** The two kinds of general names (RFC 5280, 4.2.1.6) that a host can have. */
export interface Names {
	/** DNS names, of constraints suffixes of them; lower case. */
	readonly dns: readonly string[];
	/** Addresses of 4 or 16 bytes, of constraints with a mask of as many behind them. */
	readonly ip: readonly Uint8Array[];
}

interface Element {
	readonly tag: number;
	readonly content: Uint8Array;
}

const objectIdentifier = 0x06;
const octetString = 0x04;
const integer = 0x02;
const dnsName = 0x82;
const ipAddress = 0x87;
const extensionsTag = 0xa3;
const basicConstraints = '551d13';
const nameConstraints = '551d1e';
const subjectAltName = '551d11';
const maximumElements = 10_000;
const nothing: Names = { dns: [], ip: [] };

/** Reads the constraints of a certificate in DER (X.690); what cannot be read counts as absent. Never throws. */
export function readConstraints(der: Uint8Array): Constraints {
	const values = extensionsOf(der);
	const basic = values.get(basicConstraints);
	const length = basic && children(basic.content).find(({ tag }) => tag === integer)?.content[0];
	const names = values.get(nameConstraints);
	const parts = names ? children(names.content) : [];
	return {
		...(length !== undefined && { pathLength: length }),
		permitted: basesIn(parts.find(({ tag }) => tag === 0xa0)),
		excluded: basesIn(parts.find(({ tag }) => tag === 0xa1)),
	};
}

/** The alternative names of a certificate in DER; Node's text of them can be read in two ways. Never throws. */
export function readAlternativeNames(der: Uint8Array): Names {
	const names = extensionsOf(der).get(subjectAltName);
	return names ? namesAmong(children(names.content)) : nothing;
}

/** The values of the extensions by identifier in hexadecimal; of equal ones the first. */
function extensionsOf(der: Uint8Array): ReadonlyMap<string, Element> {
	const certificate = children(der)[0];
	const body = certificate && children(certificate.content)[0];
	const holder = body && children(body.content).find(({ tag }) => tag === extensionsTag);
	const list = holder && children(holder.content)[0];
	const values = new Map<string, Element>();
	for (const extension of list ? children(list.content) : []) {
		const [id, ...parts] = children(extension.content);
		const octets = parts.find(({ tag }) => tag === octetString);
		const value = octets && children(octets.content)[0];
		const oid = id?.tag === objectIdentifier ? Buffer.from(id.content).toString('hex') : '';
		if (value && !values.has(oid)) values.set(oid, value);
	}
	return values;
}

function basesIn(subtrees: Element | undefined): Names {
	if (!subtrees) return nothing;
	return namesAmong(children(subtrees.content).flatMap((subtree) => children(subtree.content).slice(0, 1)));
}

function namesAmong(names: readonly Element[]): Names {
	return {
		dns: names
			.filter(({ tag }) => tag === dnsName)
			.map(({ content }) => Buffer.from(content).toString('latin1').toLowerCase()),
		ip: names.filter(({ tag }) => tag === ipAddress).map(({ content }) => content),
	};
}

/** The elements in a run of DER; stops at the first that does not fit. */
function children(der: Uint8Array): Element[] {
	const found: Element[] = [];
	let at = 0;
	while (at + 2 <= der.length && found.length < maximumElements) {
		const tag = der[at] ?? 0;
		const first = der[at + 1] ?? 0;
		const sizeBytes = first < 0x80 ? 0 : first & 0x7f;
		if (sizeBytes > 3) return found;
		let length = sizeBytes === 0 ? first : 0;
		for (let index = 0; index < sizeBytes; index++) length = length * 256 + (der[at + 2 + index] ?? 0);
		const start = at + 2 + sizeBytes;
		if (start + length > der.length) return found;
		found.push({ tag, content: der.subarray(start, start + length) });
		at = start + length;
	}
	return found;
}
