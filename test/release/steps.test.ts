import { existsSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { checkout, described } from '../image/startForm.ts';
import { runCommand } from '../real/command.ts';
import { Directory } from '../real/directory.ts';

const directory = new Directory();
afterAll(() => directory[Symbol.dispose]());

const step = (...told: readonly string[]) =>
	runCommand(process.execPath, [`${checkout}/build/release/main.ts`, ...told]);

test('a tag of another version fails, and says where', async () => {
	const { code, stdout, stderr } = await step('check', 'v99.0.0');
	expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
	expect(stderr.split('\n')).toContain(`package.json says ${described.version}, not 99.0.0`);
});

test('the notes are what the changelog says', async () => {
	const { code, stdout } = await step('notes', described.version);
	expect(code).toBe(0);
	expect(stdout).toMatch(/^- /);
	expect(await step('notes', '99.0.0')).toMatchObject({ code: 1, stdout: '' });
});

test('the names of the image stand each in a line', async () => {
	const { code, stdout } = await step('images', 'Somebody/probe', 'quay.io/somebody/probe');
	expect({ code, stdout }).toEqual({ code: 0, stdout: 'ghcr.io/somebody/probe\nquay.io/somebody/probe\n' });
});

test('without a second name there is no release', async () => {
	expect(await step('images', 'somebody/probe', '')).toMatchObject({ code: 1, stdout: '' });
});

test('the manifests are written where they are wished', async () => {
	const image = `ghcr.io/somebody/probe@sha256:${'0'.repeat(64)}`;
	expect(await step('manifests', image, directory.at('there'))).toEqual({ code: 0, stdout: '', stderr: '' });
	expect(existsSync(directory.at('there/manifests/base/kustomization.yaml'))).toBe(true);
	expect(await step('manifests', image)).toMatchObject({ code: 1, stderr: 'name a directory\n' });
});

test.each([[[]], [['constructor']]])('%j is no step', async (told) => {
	expect(await step(...told)).toEqual({
		code: 1,
		stdout: '',
		stderr: 'name a step: check, notes, images, manifests\n',
	});
});
