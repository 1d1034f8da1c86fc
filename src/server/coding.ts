import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';

/** Bytes below which an answer fits into one packet anyway. */
const least = 1400;

/**
 * The least effort: series repeat their names and labels, so that more of it gains little. The work is done beside the
 * loop, on a thread of the pool.
 */
const level = constants.Z_BEST_SPEED;

const compress = promisify(gzip);

/** An answer's body as it is sent. */
export interface Coded {
	readonly bytes: Buffer;
	readonly headers: Readonly<Record<string, string>>;
}

/** Something that has a body. As long as it is the same object its bytes are the same, and are made once. */
export interface Bodied {
	readonly body: string;
}

const plainOf = new WeakMap<Bodied, Buffer>();
const gzippedOf = new WeakMap<Bodied, Promise<Buffer>>();

/** Codes a body for a client with this Accept-Encoding header: with gzip (RFC 1952) where it takes that and it pays. */
export async function code(bodied: Bodied, accepted: string | undefined): Promise<Coded> {
	const vary = { vary: 'accept-encoding' };
	const bytes = plain(bodied);
	if (bytes.length < least || !takesGzip(accepted)) return { bytes, headers: vary };
	return { bytes: await gzipped(bodied, bytes), headers: { ...vary, 'content-encoding': 'gzip' } };
}

function plain(bodied: Bodied): Buffer {
	const bytes = plainOf.get(bodied) ?? Buffer.from(bodied.body);
	plainOf.set(bodied, bytes);
	return bytes;
}

function gzipped(bodied: Bodied, bytes: Buffer): Promise<Buffer> {
	const coding = gzippedOf.get(bodied) ?? compress(bytes, { level });
	gzippedOf.set(bodied, coding);
	return coding;
}

/** Whether a client takes gzip (RFC 9110, section 12.5.3); one that sends no header is not asked to. */
export function takesGzip(accepted = ''): boolean {
	const weights = new Map(accepted.toLowerCase().split(',').map(weightOf));
	return (weights.get('gzip') ?? weights.get('x-gzip') ?? weights.get('*') ?? 0) > 0;
}

function weightOf(range: string): readonly [coding: string, weight: number] {
	const [coding = '', ...parameters] = range.split(';').map((part) => part.trim());
	const quality = parameters.find((parameter) => parameter.startsWith('q='));
	const weight = quality === undefined ? 1 : Number(quality.slice(2));
	return [coding, Number.isNaN(weight) ? 0 : weight];
}
