import { cpSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { parse } from 'yaml';
import { checkout, described } from '../image/startForm.ts';
import { type Ended, runCommand } from '../real/command.ts';
import { Directory } from '../real/directory.ts';

const { version } = described;
const directory = new Directory();
const root = directory.at('checkout');
const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
const release = (name: string) => join(root, 'release', name);

/** Steps of the release workflow by their names. */
const { jobs } = parse(readFileSync(join(checkout, '.github/workflows/release.yml'), 'utf8')) as {
	readonly jobs: Readonly<
		Record<string, { readonly steps?: readonly { readonly name?: string; readonly run?: string }[] }>
	>;
};
const steps = Object.values(jobs).flatMap((job) => job.steps ?? []);

/** Runs a step as the host of the workflow does, in the checkout of the test. */
async function runStep(name: string, environment: Readonly<Record<string, string>>): Promise<Ended> {
	const script = directory.write('script.sh', `cd ${root}\n${steps.find((step) => step.name === name)?.run}`);
	const path = [dirname(inject('programs').kubectl), dirname(process.execPath), process.env['PATH']].join(delimiter);
	const shell = ['--noprofile', '--norc', '-eo', 'pipefail', script];
	return await runCommand('bash', shell, { PATH: path, ...environment });
}

/** Runs what has to succeed before there is anything to test. */
async function prepare(program: string, ...args: readonly string[]): Promise<void> {
	const { code, stderr } = await runCommand(program, args);
	if (code !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
}

beforeAll(async () => {
	const copied = ['package.json', 'package-lock.json', 'Dockerfile', 'LICENSE', 'build', 'manifests'];
	for (const name of copied) cpSync(join(checkout, name), join(root, name), { recursive: true });
	for (const name of ['src', 'grafana', 'node_modules']) symlinkSync(join(checkout, name), join(root, name));
	const changelog = readFileSync(join(checkout, 'CHANGELOG.md'), 'utf8');
	directory.write('checkout/CHANGELOG.md', changelog.replace(/^(## \S+) \(unreleased\)$/m, '$1 (2027-01-31)'));
	const git = ['-C', root, '-c', 'user.name=test', '-c', 'user.email=test@example.com'];
	await prepare('git', ...git, 'init', '--quiet');
	await prepare('git', ...git, 'add', 'package.json');
	await prepare('git', ...git, 'commit', '--quiet', '--message', 'a');
	await prepare(process.execPath, join(checkout, 'build/main.ts'), join(root, 'dist'));
});
afterAll(() => directory[Symbol.dispose]());

test('the names that all jobs go by are found', async () => {
	const environment = {
		TAG: `v${version}`,
		SECOND_IMAGE: 'quay.io/somebody/probe',
		GITHUB_REPOSITORY: 'Somebody/Probe',
		GITHUB_OUTPUT: directory.write('output', ''),
	};
	const step = 'Tag, package and changelog say the same';
	expect(await runStep(step, environment)).toMatchObject({ code: 0, stderr: '' });
	const told = readFileSync(environment.GITHUB_OUTPUT, 'utf8').trim().split('\n');
	expect(told).toEqual([
		`version=${version}`,
		'first=ghcr.io/somebody/probe',
		'second=quay.io/somebody/probe',
		expect.stringMatching(/^revision=[0-9a-f]{40}$/),
		expect.stringMatching(/^time=\d{10}$/),
	]);
	const nobody = await runStep(step, { ...environment, SECOND_IMAGE: '' });
	expect(nobody.code).not.toBe(0);
});

test('the files of a release are made, the same each time, and their sums are right', async () => {
	const environment = { VERSION: version, IMAGE: `ghcr.io/somebody/probe@${digest}`, SOURCE_DATE_EPOCH: '1800000000' };
	const make = async () => {
		const step = 'Manifests by digest, bundle and bill of materials';
		expect(await runStep(step, environment)).toMatchObject({ code: 0, stderr: '' });
		return readFileSync(release('SHA256SUMS'), 'utf8');
	};
	const first = await make();
	const names = ['-manifests.tar.gz', '.cdx.json', '.tar.gz', '.yaml'].map(
		(ending) => `registry-probe-${version}${ending}`,
	);
	expect(
		first
			.trimEnd()
			.split('\n')
			.map((line) => line.slice(66)),
	).toEqual(names);
	expect(readFileSync(release(`registry-probe-${version}.yaml`), 'utf8')).toContain(
		`image: ghcr.io/somebody/probe@${digest}`,
	);
	for (const name of ['release', 'by-digest']) await runCommand('rm', ['-r', join(root, name)]);
	expect(await make()).toBe(first);
});

test('the archives hold what they are named for, in a directory of that name', async () => {
	for (const name of [`registry-probe-${version}`, `registry-probe-${version}-manifests`])
		expect(await runCommand('tar', ['-xf', release(`${name}.tar.gz`), '-C', directory.path])).toMatchObject({
			code: 0,
		});
	const program = directory.at(`registry-probe-${version}/registry-probe.mjs`);
	const { stdout } = await runCommand(process.execPath, [program, '--version']);
	expect(stdout).toContain(`registry-probe ${version}\n`);
	const held = ['LICENSE', 'LICENSES.txt', 'registry-probe.cdx.json'].map((name) => join(dirname(program), name));
	held.push(directory.at(`registry-probe-${version}-manifests/manifests/base/kustomization.yaml`));
	expect(held.filter((path) => !existsSync(path))).toEqual([]);
});
