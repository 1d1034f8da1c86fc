/**
 * The two extensions of a certificate that Node does not show: the path length of basic constraints and the name
 * constraints (RFC 5280, 4.2.1.9 and 4.2.1.10), read from DER (X.690).
 */
export interface Constraints {
	readonly pathLength?: number;
	readonly permitted: Names;
	readonly excluded: Names;
}

export interface Names {
	/** DNS suffixes, lower case. */
	readonly dns: readonly string[];
	/** Address and mask, 8 or 32 bytes. */
	readonly ip: readonly Uint8Array[];
}

interface Element {
	readonly tag: number;
	readonly content: Uint8Array;
}

const objectIdentifier = 0x06;
const octetString = 0x04;
const integer = 0x02;
const extensionsTag = 0xa3;
const basicConstraints = '551d13';
const nameConstraints = '551d1e';
const maximumElements = 10_000;
const nothing: Names = { dns: [], ip: [] };

/** Reads a certificate's DER; what cannot be read counts as absent. Never throws. */
export function readConstraints(der: Uint8Array): Constraints {
	const certificate = children(der)[0];
	const body = certificate && children(certificate.content)[0];
	const holder = body && children(body.content).find(({ tag }) => tag === extensionsTag);
	const list = holder && children(holder.content)[0];
	const extensions = list ? children(list.content).map((extension) => children(extension.content)) : [];
	const value = (oid: string) => {
		const found = extensions.find(
			([id]) => id?.tag === objectIdentifier && Buffer.from(id.content).toString('hex') === oid,
		);
		const octets = found?.find(({ tag }) => tag === octetString);
		return octets && children(octets.content)[0];
	};
	const basic = value(basicConstraints);
	const length = basic && children(basic.content).find(({ tag }) => tag === integer)?.content[0];
	const names = value(nameConstraints);
	const parts = names ? children(names.content) : [];
	return {
		...(length !== undefined && { pathLength: length }),
		permitted: namesIn(parts.find(({ tag }) => tag === 0xa0)),
		excluded: namesIn(parts.find(({ tag }) => tag === 0xa1)),
	};
}

function namesIn(subtrees: Element | undefined): Names {
	if (!subtrees) return nothing;
	const bases = children(subtrees.content).flatMap((subtree) => children(subtree.content).slice(0, 1));
	return {
		dns: bases
			.filter(({ tag }) => tag === 0x82)
			.map(({ content }) => Buffer.from(content).toString('latin1').toLowerCase()),
		ip: bases.filter(({ tag }) => tag === 0x87).map(({ content }) => content),
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
