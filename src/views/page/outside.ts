import { printable } from '../../registry/redact.ts';
import { markup, type Html } from './markup.ts';

/**
 * A name or text from outside: bounded, without controls, and set apart, so that letters that run from right to left
 * change the order of nothing around them (https://html.spec.whatwg.org/#the-bdi-element).
 */
export function outside(text: string, max?: number): Html {
	return markup`<bdi>${printable(text, max)}</bdi>`;
}
