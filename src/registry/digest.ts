/** Characters of the hexadecimal part, by algorithm: those that runtimes have linked in. */
const hexLengths: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

/**
 * Whether a text is a digest that a runtime accepts: a known algorithm and exactly its number of lower-case
 * hexadecimal digits (https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests).
 */
export function isDigest(text: string): boolean {
	const [, algorithm = '', hex = ''] = /^([a-z0-9]{1,16}):([a-f0-9]{1,128})$/.exec(text) ?? [];
	return hex !== '' && Object.hasOwn(hexLengths, algorithm) && hexLengths[algorithm] === hex.length;
}
