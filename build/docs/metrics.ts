import { stages } from '../../src/probe/stages.ts';
import { createStore } from '../../src/store/store.ts';
import { pullVerdicts } from '../../src/verdict/pullVerdict.ts';
import type { Family } from '../../src/views/metrics/family.ts';
import { createMetricsView } from '../../src/views/metrics/metricsView.ts';
import { code } from './table.ts';

/** Every metric that an agent can export. */
export function exportedFamilies(): readonly Family[] {
	const store = createStore({ judge: pullVerdicts, proxied: () => false });
	return createMetricsView({ store, stages, node: '', network: 'host', version: '' }).families;
}

/**
 * The page with types and labels of its tables as the code has them. What a metric means is written there by hand, at
 * more length than a HELP line; a row without any begins with that line.
 */
export function withMetrics(page: string, families: readonly Family[] = exportedFamilies()): string {
	const known = new Map(families.map((family) => [family.name, family]));
	return page.replace(/^\| `(\w+)` \|[^|\n]*\|[^|\n]*\|(.*)\|$/gm, (row, name: string, meaning: string) => {
		const family = known.get(name);
		return family ? rowOf(family, meaning.trim()) : row;
	});
}

function rowOf({ name, type, labels, help }: Family, meaning: string): string {
	const named = labels.map(code).join(', ');
	return `| ${code(name)} | ${type} | ${named}${named === '' ? '' : ' '}| ${meaning === '' ? help : meaning} |`;
}
