import { withRegion } from '../regions.ts';
import { componentTable } from './components.ts';
import { hubTable, prometheusTable } from './fleet.ts';
import { bytesText, cpuText, nodeTable } from './node.ts';

const regions: Readonly<Record<string, () => string>> = {
	'costs of a node': nodeTable,
	'docker hub': hubTable,
	bytes: bytesText,
	cpu: cpuText,
	components: componentTable,
	prometheus: prometheusTable,
};

/** docs/costs.md with its figures as the sources have them. Throws `RangeError` where a source lacks one. */
export function costsOf(page: string): string {
	return Object.entries(regions).reduce((text, [name, make]) => withRegion(text, name, make()), page);
}
