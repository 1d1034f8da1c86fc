import { afterAll, beforeAll, expect, test } from 'vitest';

import { Folder } from './folder.ts';

let folder: Folder;

beforeAll(async () => {
	folder = await Folder.make();
});

afterAll(() => folder[Symbol.asyncDispose]());

const load = async (keys: string) => (await folder.load(`pull_secrets: { ${keys} }`)).pullSecrets;

test('no namespace is opted in by itself', async () => {
	expect(await load('')).toEqual({ namespaces: [], interval: 300 });
	expect(await load('interval: 1m')).toEqual({ namespaces: [], interval: 60 });
});

test('each namespace counts once', async () => {
	expect(await load('namespaces: [shop, team-a, shop]')).toMatchObject({ namespaces: ['shop', 'team-a'] });
});

const namespaces = Array.from({ length: 51 }, (_, at) => `n${at}`);

test.each([
	[
		"pull_secrets: { namespaces: ['*'] }",
		'namespaces[0]: "*" is not the name of a namespace; write each name out; there are no patterns',
	],
	['pull_secrets: { namespaces: [Shop] }', 'namespaces[0]: "Shop" is not the name of a namespace; write each name out'],
	['pull_secrets: { namespaces: [7] }', 'namespaces[0]: 7 is not a text; put it in quotes'],
	['pull_secrets: { namespaces: shop }', 'namespaces: "shop" is not a list'],
	['pull_secrets: { interval: 5 }', 'interval: 5 is not a duration; write 5s'],
	[`pull_secrets: { namespaces: [${namespaces.join()}] }`, 'namespaces: this has more than 50 names; leave some out'],
	[
		'pull_secrets: { namespaces: [shop] }\ndiscovery: { images: false }',
		'namespaces: this needs the pods of this node, which discovery.images leaves out; write images: true',
	],
])('the fault of %s', async (yaml, fault) => {
	expect((await folder.faults(yaml)).join('\n')).toContain(`pull_secrets.${fault}`);
});

test('without namespaces no pods are needed', async () => {
	expect(await folder.faults('pull_secrets: { namespaces: [] }\ndiscovery: { images: false }')).toEqual([]);
});
