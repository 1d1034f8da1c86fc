import { kinds } from './incident.ts';
import { confusion, listed, sureness, titles, type Told } from './matrix.ts';

/** Everything of docs/incidents.md after this line is written by `writeIncidents.ts`. */
export const marker = '<!-- The rest is measured: npx node test/incidents/writeIncidents.ts -->';

/** What stands below the marker. */
export function measured(all: readonly Told[]): string {
	const lists = kinds.map((kind) => {
		const title = titles[kind];
		return `## ${title.charAt(0).toUpperCase()}${title.slice(1)}\n\n${listed(all, kind)}\n`;
	});
	return [
		`## ${all.length} incidents, and the cause that was given`,
		'',
		confusion(all),
		'',
		'## How sure, and how right',
		'',
		sureness(all),
		'',
		...lists,
	].join('\n');
}
