import { styleText } from 'node:util';
import type { Style } from './style.ts';

/** Ways to make text stand out; each gives the text as it is where the terminal wants no colour. */
export interface Paint {
	readonly works: (text: string) => string;
	readonly broken: (text: string) => string;
	readonly bypassed: (text: string) => string;
	readonly strong: (text: string) => string;
	readonly faint: (text: string) => string;
}

type Format = Parameters<typeof styleText>[0];

export function paintOf({ colour }: Style): Paint {
	const as = (format: Format) => (text: string) =>
		colour && text !== '' ? styleText(format, text, { validateStream: false }) : text;
	return {
		works: as('green'),
		broken: as(['bold', 'red']),
		bypassed: as('yellow'),
		strong: as('bold'),
		faint: as('dim'),
	};
}
