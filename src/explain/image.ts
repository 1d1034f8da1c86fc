import { InvalidReference, parseReference } from '../registry/image.ts';
import { printable } from '../registry/redact.ts';
import { redactText } from '../registry/redactText.ts';
import { formatReference, type Reference } from '../registry/reference.ts';

/** The reference in a text, or undefined when it is none. */
export function referenceIn(text: string): Reference | undefined {
	try {
		return parseReference(text);
	} catch (error) {
		if (error instanceof InvalidReference) return undefined;
		throw error;
	}
}

/** The canonical name of an image; where it is no reference, what was written, as far as it can be shown. */
export function imageName(text: string): string {
	const reference = referenceIn(text);
	return reference ? formatReference(reference) : printable(redactText(text), 300);
}
