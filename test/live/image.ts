import { makeImage } from '../fakes/image.ts';

const block = 512;

/** A tar archive (https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html#tag_20_92_13_06) of one file. */
function tarOf(name: string, content: Buffer): Buffer {
	const header = Buffer.alloc(block);
	const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`;
	header.write(name, 0);
	header.write(octal(0o644, 7), 100);
	header.write(octal(0, 7), 108);
	header.write(octal(0, 7), 116);
	header.write(octal(content.length, 11), 124);
	header.write(octal(0, 11), 136);
	header.write(' '.repeat(8), 148);
	header.write('0', 156);
	header.write('ustar\x0000', 257);
	const sum = header.reduce((total, byte) => total + byte, 0);
	header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
	const padding = Buffer.alloc((block - (content.length % block)) % block);
	return Buffer.concat([header, content, padding, Buffer.alloc(2 * block)]);
}

/**
 * What every registry of the live suite holds as `team/app:1`: layers that can be unpacked. They are not compressed,
 * whatever their media type says, so that their digests are those of their contents; runtimes look at the bytes.
 */
export const image = makeImage({
	layers: [tarOf('large', Buffer.alloc(20_000, 'large ')), tarOf('small', Buffer.from('small\n'))],
	platforms: ['linux/amd64', 'linux/arm64/v8'],
});
