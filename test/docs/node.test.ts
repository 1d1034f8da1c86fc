import { describe, expect, test } from 'vitest';

import { trustSources } from '../../src/node/bundle.ts';
import { configurationPlaces } from '../../src/node/containerd/configurationPlaces.ts';
import {
	certificateDirectories,
	homeRegistriesConf,
	homeRegistriesConfDir,
	recordedAliases,
	registriesConf,
	registriesConfDir,
	usualPaths,
} from '../../src/node/crio/paths.ts';
import { sourcesOf } from '../../src/node/environment/sources.ts';
import { hostsFile } from '../../src/node/hosts.ts';
import { keyringFiles } from '../../src/node/kubelet/keyring.ts';
import { argumentFiles, wellKnownProviderPaths } from '../../src/node/kubelet/wellKnown.ts';
import { nsswitchFile } from '../../src/node/nsswitch.ts';
import { resolvConfFile } from '../../src/node/resolvConf.ts';
import { installations } from '../../src/node/runtime/installations.ts';
import { readRuntime } from '../../src/node/runtime/runtime.ts';
import { read } from './markdown.ts';

const text = read('docs/node.md');
const quoted = new Set([...text.matchAll(/`([^`\n]+)`/g)].map(([, word = '']) => word));
const rowsOf = (heading: string) => {
	const section = text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
	return [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, word = '']) => word);
};
/** The words of a union of texts, as they stand in a source. */
const union = (source: string, name: string) => {
	const [, body = ''] = new RegExp(`export type ${name} =([^;]*);`).exec(read(source)) ?? [];
	return [...body.matchAll(/'(\w+)'/g)].map(([, word = '']) => word);
};

const nowhere = '/nonexistent';
const kubelet = { rootDirectory: '/var/lib/kubelet', workingDirectory: '/', home: '/root' };
const { files, directories } = trustSources(nowhere);
const inHome = (path: string) => (path.startsWith('/') ? path : `${usualPaths.home}/${path}`);

const paths: Readonly<Record<string, readonly string[]>> = {
	names: [resolvConfFile, hostsFile, nsswitchFile],
	trust: [...files, ...directories],
	runtimes: readRuntime(nowhere, 'auto').files,
	services: installations.flatMap(({ units }) => units),
	environment: installations.flatMap((one) => [...sourcesOf(one).withoutUnit, ...sourcesOf(one).sourced]),
	containerd: configurationPlaces.flatMap(({ configuration, registries }) => [
		configuration,
		registries ?? configuration,
	]),
	'CRI-O': [
		registriesConf,
		registriesConfDir,
		recordedAliases,
		usualPaths.crioConf,
		usualPaths.crioConfDir,
		...[homeRegistriesConf, homeRegistriesConfDir, ...certificateDirectories].map(inHome),
	],
	kubelet: [
		...keyringFiles(kubelet).map(({ file }) => file),
		...wellKnownProviderPaths.map(({ configuration }) => configuration),
		...argumentFiles.map(({ file }) => file),
	],
};

describe('docs/node.md', () => {
	test.each(Object.entries(paths))('names every path that is read for %s', (_of, read) => {
		expect(read.length).toBeGreaterThan(2);
		expect(read.filter((path) => !quoted.has(path))).toEqual([]);
	});

	test('lists the faults, all and no other', () => {
		const words = union('src/node/fault.ts', 'NodeFaultName');
		expect(words.length).toBeGreaterThan(5);
		expect(rowsOf('Faults')).toEqual(words);
	});

	test('lists what pulls lose time to, all and nothing else', () => {
		const words = union('src/verdict/delay.ts', 'DelayCause');
		expect(words.length).toBeGreaterThan(3);
		expect(rowsOf('What a dead host costs')).toEqual(words);
	});
});
