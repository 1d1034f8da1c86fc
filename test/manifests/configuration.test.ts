import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { agentCommand } from '../../src/commands/agent.ts';
import { loadConfig } from '../../src/config/load.ts';
import { Directory } from '../real/directory.ts';
import { kustomizations, manifests, readKustomization, readManifest, resourceFiles, patchFiles } from './files.ts';
import { containersOf, podOf } from './manifest.ts';

const directory = new Directory();
afterAll(() => directory[Symbol.dispose]());

const configured = kustomizations.filter((name) => readKustomization(name).configMapGenerator !== undefined);
const load = (file: string) => loadConfig({ file, environment: { NODE_NAME: 'node-1' } });
const configurationOf = (name: string) => join(manifests, name, 'config.yaml');

/** A configuration with all that stands in its comments as an example: keys and values, not sentences. */
function withExamples(text: string): string {
	return text.replace(/^( *)# ((?:- )?[a-z_]+:(?: .*)?| {2}.*)$/gm, '$1$2');
}

test('the base and its twin have one', () => {
	expect(configured).toEqual(['base', 'pod-network']);
});

test.each(configured)('the configuration of %s is valid', async (name) => {
	const { registries = [], node } = await load(configurationOf(name));
	expect(registries.map((registry) => registry.name)).toEqual(['docker.io', 'registry.k8s.io', 'quay.io', 'ghcr.io']);
	expect(node).toMatchObject({ name: 'node-1', network: name === 'base' ? 'host' : 'pod' });
});

test('its examples are valid, all at once', async () => {
	const text = withExamples(readFileSync(configurationOf('base'), 'utf8'));
	const { registries = [], node } = await load(directory.write('config.yaml', text));
	expect(registries.length).toBeGreaterThan(5);
	expect(node.runtime).not.toBe('auto');
});

const started = kustomizations
	.flatMap((name) => [...resourceFiles(name), ...patchFiles(name)])
	.flatMap((path) => containersOf(podOf(readManifest(path))).flatMap(({ args }) => (args ? [{ path, args }] : [])));

test.each(started)('$path starts the agent with options that it has', ({ args: [command, ...options] }) => {
	expect(command).toBe('agent');
	expect(agentCommand().parseOptions(options)).toEqual({ operands: [], unknown: [] });
});
