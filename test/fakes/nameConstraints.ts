import { Extension } from './x509.ts';

const sequence = 0x30;
const dnsName = 0x82;
const permittedSubtrees = 0xa0;
const excludedSubtrees = 0xa1;

function encode(tag: number, ...contents: readonly Buffer[]): Buffer {
	const body = Buffer.concat(contents);
	if (body.length > 0xffff) throw new RangeError('name constraints of more than 64 KiB');
	const length =
		body.length < 0x80
			? [body.length]
			: body.length < 0x100
				? [0x81, body.length]
				: [0x82, body.length >> 8, body.length & 0xff];
	return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

function subtrees(tag: number, names: readonly string[]): Buffer[] {
	if (names.length === 0) return [];
	return [encode(tag, ...names.map((name) => encode(sequence, encode(dnsName, Buffer.from(name)))))];
}

/** DNS name constraints (https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.10), which the certificate library does not write. */
export function nameConstraints(permitted: readonly string[], excluded: readonly string[]): Extension {
	const value = encode(sequence, ...subtrees(permittedSubtrees, permitted), ...subtrees(excludedSubtrees, excluded));
	return new Extension('2.5.29.30', true, value);
}
