import { formatHostPort, readHostPort } from '../registry/hostPort.ts';
import { InvalidReference, parseReference } from '../registry/image.ts';
import type { Reference } from '../registry/reference.ts';

/** An image as the runtime would read it, with its registry's name in one spelling; undefined for what it would refuse. */
export function readImage(text: string): Reference | undefined {
	try {
		const image = parseReference(text);
		const host = readHostPort(image.domain);
		return host && { ...image, domain: formatHostPort(host) };
	} catch (error) {
		if (error instanceof InvalidReference) return undefined;
		throw error;
	}
}
