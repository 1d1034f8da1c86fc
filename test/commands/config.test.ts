import { afterAll, beforeAll, expect, test } from 'vitest';

import { Folder } from '../config/folder.ts';
import { registryProbe } from './command.ts';

let folder: Folder;

beforeAll(async () => {
	folder = await Folder.make();
});

afterAll(() => folder[Symbol.asyncDispose]());

const faulty = 'interval: 5 minutes\nregistries:\n  - { name: a.example, imgae: x }\n';

test('without a file the built-in settings are valid', async () => {
	const { code, stdout, stderr } = await registryProbe(['config']);
	expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
	expect(stdout).toBe(
		'built-in defaults: valid; 4 registries (docker.io, registry.k8s.io, quay.io, ghcr.io) every 5m; listens on [::]:9917\n',
	);
});

test('a valid file is told in one line', async () => {
	const file = await folder.write('good.yaml', 'listen: 127.0.0.1:1\nregistries:\n  - name: a.example\n');
	expect(await registryProbe(['config', '--config', file])).toEqual({
		code: 0,
		stdout: `${file}: valid; 1 registry (a.example) every 1m; listens on 127.0.0.1:1\n`,
		stderr: '',
	});
});

test('faults go to the error output, aligned, all at once', async () => {
	const file = await folder.write('bad.yaml', faulty);
	expect(await registryProbe(['--config', file, 'config'])).toEqual({
		code: 2,
		stdout: '',
		stderr: [
			`${file}:1:11  interval: "5 minutes" is not a duration; write 5m`,
			`${file}:3:24  registries[0]: unknown key "imgae"; did you mean "image"?`,
			'2 faults; nothing was done',
			'',
		].join('\n'),
	});
});

test('faults are data where data is wanted', async () => {
	const file = await folder.write('bad.yaml', faulty);
	const { code, stdout } = await registryProbe(['config', '--config', file, '--output', 'json']);
	expect(code).toBe(2);
	expect(JSON.parse(stdout)).toMatchObject({
		version: 1,
		valid: false,
		faults: [
			{ file, line: 1, column: 11, path: 'interval', wrong: '"5 minutes" is not a duration', remedy: 'write 5m' },
			{ path: 'registries[0]' },
		],
	});
});

test.each(['agent', 'check', 'plan'])('%s does not start with a faulty file', async (command) => {
	const file = await folder.write('bad.yaml', faulty);
	const { code, stdout, stderr } = await registryProbe([command, '--config', file]);
	expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
	expect(stderr).toContain(`${file}:1:11  interval: "5 minutes" is not a duration; write 5m\n`);
});
