import type { Path } from '../words/path.ts';
import { markup, type Html } from './markup.ts';

/** Pixels from stage to stage, and more from host to host. */
const step = 9;
const gap = 4;
const height = 10;

/** A path that works as a row of dots, hosts set apart. Words stand beside it. */
export function miniPath({ legs }: Path): Html {
	const places = legs
		.flatMap(({ records }, leg) => records.map(() => leg * gap))
		.map((after, at) => at * step + after + 5);
	const last = places.at(-1) ?? 0;
	return markup`<svg class="mini" viewBox="0 0 ${last + 5} ${height}" width="${last + 5}" height="${height}" aria-hidden="true">
		<line x1="5" x2="${last}" y1="5" y2="5" />
		${places.map((x) => markup`<circle cx="${x}" cy="5" r="3.2" />`)}
	</svg>`;
}
