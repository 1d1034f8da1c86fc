import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readKustomization } from '../manifests/files.ts';
import { fileOf } from './board.ts';
import { boards } from '../../grafana/src/boards.ts';

interface Generated {
	readonly generatorOptions: { readonly labels: Readonly<Record<string, string>> };
	readonly configMapGenerator: readonly { readonly name: string; readonly files: readonly string[] }[];
}

const directory = join(import.meta.dirname, '../../grafana');
const { generatorOptions, configMapGenerator } = parse(fileOf('kustomization.yaml')) as Generated;

test('there is a ConfigMap for each board, under the name of its uid', () => {
	const uidOf = (file: string) => (JSON.parse(fileOf(file)) as { uid: string }).uid;
	const generated = configMapGenerator.flatMap(({ files }) => files);
	expect(generated).toEqual(Object.keys(boards).map((file) => `${uidOf(file)}.json=${file}`));
	expect(new Set(configMapGenerator.map(({ name }) => name)).size).toBe(configMapGenerator.length);
});

test('the sidecar finds them', () => {
	expect(generatorOptions.labels).toMatchObject({ grafana_dashboard: '1' });
});

test('each is small enough for kubectl apply, which keeps it a second time in an annotation', () => {
	const files = readdirSync(directory).filter((name) => name.endsWith('.json'));
	expect(files.filter((name) => statSync(join(directory, name)).size > 200 * 1024)).toEqual([]);
});

test('the component adds the directory of the boards', () => {
	expect(readKustomization('components/grafana-dashboards').resources).toEqual(['../../../grafana']);
});
