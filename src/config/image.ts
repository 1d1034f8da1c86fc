import { isDigest } from '../registry/digest.ts';
import { InvalidReference, parseReference } from '../registry/image.ts';
import type { Reference } from '../registry/reference.ts';
import { Wrong } from './fault.ts';

/** An image reference as the runtime reads it. */
export function readImage(value: unknown): Reference | Wrong {
	const example = 'write for example ghcr.io/org/app:1.2';
	if (typeof value !== 'string') return new Wrong('is not an image reference', example);
	try {
		return parseReference(value);
	} catch (error) {
		if (!(error instanceof InvalidReference)) throw error;
		return new Wrong('is not an image reference', example, error.message.split('is not an image reference: ')[1]);
	}
}

/** The digest of a layer. */
export function readDigest(value: unknown): string | Wrong {
	if (typeof value === 'string' && isDigest(value)) return value;
	return new Wrong('is not a digest', 'write sha256: and 64 lower-case hexadecimal digits');
}
