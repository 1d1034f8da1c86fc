import { afterAll, beforeAll, expect, test } from 'vitest';

import { Folder } from './folder.ts';

let folder: Folder;

beforeAll(async () => {
	folder = await Folder.make();
});

afterAll(() => folder[Symbol.asyncDispose]());

const patterns = async (list: string) => (await folder.load(`discovery: { allow: ${list} }`)).discovery.allow;
const faults = async (keys: string) => (await folder.faults(`discovery: { ${keys} }`)).join('\n');

test('patterns are read in lower case', async () => {
	expect(await patterns("['*.Corp.example', 'registry.example:5000', 'r[12].example']")).toEqual([
		'*.corp.example',
		'registry.example:5000',
		'r[12].example',
	]);
});

test('an empty list allows nothing', async () => {
	expect(await patterns('[]')).toEqual([]);
});

test.each([
	['allow: [quay.io/org]', 'allow[0]: "quay.io/org" has a slash, which no name of a registry has'],
	["deny: [a, '[a']", 'deny[1]: "[a" is not a pattern; write for example *.corp.example'],
	["deny: ['']", 'deny[0]: "" is empty'],
	['allow: quay.io', 'allow: "quay.io" is not a list'],
	['keep: 10ms', 'keep: "10ms" is too short; write 1s or more'],
	['credentials: secret', 'credentials: the value is not known here; write anonymous or node'],
])('the fault of %s', async (keys, fault) => {
	expect(await faults(keys)).toContain(`discovery.${fault}`);
});

test('a key that is not known draws those that are', async () => {
	const known = 'mirrors, images, upstream, allow, deny, keep, credentials, service_account';
	expect(await faults('zzzzzz: 1')).toBe(
		`config.yaml:1:14  discovery: unknown key "zzzzzz"; the keys here are ${known}`,
	);
});
