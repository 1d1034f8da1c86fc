import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { Folder } from './folder.ts';

let folder: Folder;

beforeAll(async () => {
	folder = await Folder.make();
	await folder.write('empty.json', '{"auths":{}}');
});

afterAll(() => folder[Symbol.asyncDispose]());

test.each([
	'proxy: http://user:hunter2@proxy:99999',
	'proxy: hunter2',
	'proxy: { password: hunter2 }',
	'proxy: http://user:${P}@proxy:99999',
	'proxy: ${P}',
	'registries:\n  - { name: a.example, credentials: hunter2 }',
	"registries:\n  - { name: a.example, credentials: '${P}' }",
	'registries:\n  - { name: a.example, endpoint: https://user:hunter2@a.example }',
	"registries:\n  - { name: a.example, endpoint: 'https://user:${P}@a.example' }",
	"registries:\n  - { name: a.example, image: '${P}/A' }",
	'interval: ${P}',
	'proxy: "hunter2',
	'proxy: !hunter2 x',
	'interval: "x" hunter2',
])('no secret of %j is printed', async (yaml) => {
	const faults = await folder.faults(yaml, { P: 'hunter2' });
	expect(faults).not.toEqual([]);
	expect(faults.join('\n')).not.toContain('hunter2');
});

describe('a value of the environment', () => {
	test('is in no remedy for another value', async () => {
		const yaml = "registries:\n  - { name: '${H}', image: org/app }";
		expect(await folder.faults(yaml, { H: 'hunter2.example' })).toEqual([
			'config.yaml:2:28  registries[0].image: "org/app" is an image of docker.io; write it with its registry',
		]);
	});

	test('is not in what is said of a file', async () => {
		const yaml = "registries:\n  - { name: '${H}', credentials: { file: empty.json } }";
		const [fault] = await folder.faults(yaml, { H: 'hunter2.example' });
		expect(fault).toContain('"empty.json" has no entry for this registry under "auths"');
	});

	test('is shown as the file has it', async () => {
		const faults = await folder.faults('interval: ${FIVE}\nregistries:\n  - { name: a.example, ca: "${DIR}/a.pem" }', {
			FIVE: 'five',
			DIR: 'nowhere',
		});
		expect(faults.map((fault) => fault.split('; ')[0])).toEqual([
			'config.yaml:1:11  interval: "${FIVE}" is not a duration',
			'config.yaml:3:28  registries[0].ca: "${DIR}/a.pem" cannot be read: no such file',
		]);
	});
});

describe('the name of a registry is a label, which everybody reads', () => {
	test.each([
		['https://me:hunter2@a.example', 'holds a scheme; write the host alone; a scheme belongs to endpoint'],
		['hunter2@a.example', 'holds an @; write it without; a login belongs to credentials'],
	])('%s is none', async (name, wrong) => {
		const faults = await folder.faults(`registries:\n  - { name: '${name}', image: a.example/app }`);
		expect(faults).toEqual([`config.yaml:2:13  registries[0].name: the value ${wrong}`]);
	});

	test.each(['team/images', 'Corp', 'localhost:5000', '[::1]:5000', 'a.example/x:1'])('%s is one', async (name) => {
		expect(await folder.faults(`registries:\n  - { name: '${name}', image: a.example/app }`)).toEqual([]);
	});
});

test('long keys that begin alike are two', async () => {
	const key = 'k'.repeat(70);
	const faults = await folder.faults(`node: { ${key}1: 1, ${key}2: 2 }`);
	expect(faults.map((fault) => fault.split('; ')[0])).toEqual([
		'config.yaml:1:9  node: unknown key',
		`config.yaml:1:${9 + 76}  node: unknown key`,
	]);
});
