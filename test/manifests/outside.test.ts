import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { kustomizations, manifests, patchFiles, readManifest, readYaml } from './files.ts';
import { containersOf, podOf } from './manifest.ts';

const dashboards = join(manifests, '../grafana');
const files = [
	...globSync('**/*.yaml', { cwd: manifests }).map((path) => join(manifests, path)),
	...globSync('*.{json,yaml}', { cwd: dashboards }).map((path) => join(dashboards, path)),
];

/** The panels that come with Grafana (https://grafana.com/docs/grafana/latest/panels-visualizations/visualizations/). */
const ofGrafana: ReadonlySet<string> = new Set([
	'bargauge',
	'gauge',
	'heatmap',
	'row',
	'stat',
	'state-timeline',
	'table',
	'text',
	'timeseries',
]);

interface Panel {
	readonly type: string;
	readonly panels?: readonly Panel[];
}

test('there are files', () => {
	expect(files.length).toBeGreaterThan(30);
});

test.each(files)('%s leads to no host, but to examples that an operator replaces', (path) => {
	const urls = readFileSync(path, 'utf8').match(/\b[a-z][a-z0-9+.-]*:\/\/[^\s"'/]+/g) ?? [];
	expect(urls.filter((url) => !/\.example(?::\d+)?$/.test(url))).toEqual([]);
});

test.each(kustomizations)('%s is put together from what lies beside it', (directory) => {
	const { resources = [], components = [] } = readYaml(`${directory}/kustomization.yaml`) as {
		readonly resources?: readonly string[];
		readonly components?: readonly string[];
	};
	const lead = [...resources, ...components].map((path) => join(manifests, directory, path));
	expect(lead.filter((path) => globSync(path).length === 0)).toEqual([]);
});

describe('the pods', () => {
	const [base] = containersOf(podOf(readManifest('base/daemonset.yaml')));
	const patches = kustomizations.flatMap(patchFiles).map((path) => podOf(readManifest(path)));

	test('start from an image that the node has, without asking where it came from', () => {
		expect(base).toMatchObject({ imagePullPolicy: 'IfNotPresent' });
		expect(patches.flatMap(containersOf).filter((container) => 'imagePullPolicy' in container)).toEqual([]);
	});

	test('are for nodes with Linux, of whatever architecture', () => {
		expect(podOf(readManifest('base/daemonset.yaml'))).toMatchObject({ nodeSelector: { 'kubernetes.io/os': 'linux' } });
		expect(patches.filter((pod) => 'nodeSelector' in pod || 'affinity' in pod)).toEqual([]);
		expect(JSON.stringify([podOf(readManifest('base/daemonset.yaml')), ...patches])).not.toContain(
			'kubernetes.io/arch',
		);
	});
});

test.each(globSync('*.json', { cwd: dashboards }))('%s is drawn by panels that come with Grafana', (name) => {
	const { panels } = JSON.parse(readFileSync(join(dashboards, name), 'utf8')) as { readonly panels: readonly Panel[] };
	const all = panels.flatMap((panel) => [panel, ...(panel.panels ?? [])]);
	expect(all.length).toBeGreaterThan(5);
	expect(all.map(({ type }) => type).filter((type) => !ofGrafana.has(type))).toEqual([]);
});
