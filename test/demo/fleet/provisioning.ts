import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Directory } from '../../real/directory.ts';

const boards = join(import.meta.dirname, '../../../grafana');

/**
 * What a Grafana reads at its start (https://grafana.com/docs/grafana/latest/administration/provisioning/): the Prometheus
 * and the boards of this checkout. Gives the directory for `GF_PATHS_PROVISIONING`.
 */
export function writeProvisioning(directory: Directory, prometheus: string): string {
	const source = { name: 'registry-probe', type: 'prometheus', access: 'proxy', url: prometheus, isDefault: true };
	const path = copyBoards(directory);
	const provider = { name: 'registry-probe', folder: 'Registry probe', type: 'file', options: { path } };
	// YAML holds JSON.
	const file = directory.write('grafana/datasources/prometheus.yaml', text({ datasources: [source] }));
	directory.write('grafana/dashboards/boards.yaml', text({ providers: [provider] }));
	return dirname(dirname(file));
}

/** Grafana takes every JSON file for a board, also in directories below; theirs has others as well. */
function copyBoards(directory: Directory): string {
	for (const name of globSync('*.json', { cwd: boards })) {
		directory.write(`boards/${name}`, readFileSync(join(boards, name)));
	}
	return directory.at('boards');
}

function text(content: object): string {
	return JSON.stringify({ apiVersion: 1, ...content });
}
