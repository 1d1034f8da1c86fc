import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { sbomFile } from '../../build/bundle.ts';
import { checkout, described } from '../image/startForm.ts';

/** As much of a workflow as the tests look at (https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax). */
interface Workflow {
	readonly permissions: Readonly<Record<string, string>>;
	readonly jobs: Readonly<Record<string, Job>>;
}

interface Job {
	readonly permissions?: Readonly<Record<string, string>>;
	readonly uses?: string;
	readonly steps?: readonly Step[];
	readonly 'timeout-minutes'?: number;
}

interface Step {
	readonly uses?: string;
	readonly run?: string;
	readonly with?: Readonly<Record<string, unknown>>;
}

const files = globSync('.github/workflows/*.yml', { cwd: checkout }).toSorted();
const textOf = (file: string) => readFileSync(join(checkout, file), 'utf8');

/** What each job may beyond reading the repository. */
const rights: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	image: { packages: 'write', 'id-token': 'write', attestations: 'write' },
	draft: { contents: 'write', 'id-token': 'write' },
};

test('there is one for changes and one for releases', () => {
	expect(files).toEqual(['.github/workflows/ci.yml', '.github/workflows/release.yml']);
});

describe.each(files)('%s', (file) => {
	const text = textOf(file);
	const { permissions, jobs } = parse(text) as Workflow;
	const steps = Object.values(jobs).flatMap((job) => job.steps ?? []);
	const scripts = steps.flatMap(({ run }) => run ?? []);

	test('gives no right to all jobs, and each job its own', () => {
		expect(permissions).toEqual({});
		const given = Object.entries(jobs).map(([name, job]) => [name, job.permissions]);
		const expected = Object.keys(jobs).map((name) => [name, { contents: 'read', ...rights[name] }]);
		expect(given).toEqual(expected);
	});

	test('takes every action by its commit, and says which version that is', () => {
		const used = [...text.matchAll(/^\s*(?:- )?uses: (.*)$/gm)].map(([, action = '']) => action);
		const loose = used.filter(
			(action) => !action.startsWith('./') && !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action),
		);
		expect(loose).toEqual([]);
	});

	test('lets nothing from outside into a script but by its environment', () => {
		expect(scripts.filter((script) => script.includes('${{'))).toEqual([]);
	});

	test('leaves no login behind in a checkout', () => {
		const checkouts = steps.filter(({ uses = '' }) => uses.startsWith('actions/checkout@'));
		expect(checkouts.map((step) => step.with)).toEqual(checkouts.map(() => ({ 'persist-credentials': false })));
	});

	test('ends by itself', () => {
		const endless = Object.values(jobs).filter(
			(job) => job.uses === undefined && !(Number(job['timeout-minutes']) <= 90),
		);
		expect(endless).toEqual([]);
	});

	test('runs no script of a package when it installs them', () => {
		const installs = scripts.flatMap((script) => script.match(/\bnpm (?:ci|i|install)\b.*/g) ?? []);
		expect(installs.filter((install) => install !== 'npm ci --ignore-scripts')).toEqual([]);
	});

	test('names files, scripts and steps that are there', () => {
		const all = scripts.join('\n');
		const named = [...all.matchAll(/\b(?:node|bash) (\.?[\w./]+)/g)].map(([, path = '']) => path);
		expect(named.filter((path) => !existsSync(join(checkout, path)))).toEqual([]);
		const run = [...all.matchAll(/\bnpm run ([\w:]+)/g)].map(([, name = '']) => name);
		expect(run.filter((name) => !Object.hasOwn(described.scripts, name))).toEqual([]);
		const ours = [...all.matchAll(/build\/release\/main\.ts (\w+)/g)].map(([, name = '']) => name);
		expect(ours.filter((name) => !['check', 'notes', 'images', 'manifests'].includes(name))).toEqual([]);
	});
});

describe('a release', () => {
	const { jobs } = parse(textOf('.github/workflows/release.yml')) as Workflow;
	const all = (name: string) => (jobs[name]?.steps ?? []).map(({ uses = '', run = '' }) => uses + run).join('\n');

	test('is signed, and attested by its provenance and its bill of materials at both registries', () => {
		expect(all('image')).toContain('cosign sign --yes --recursive "$FIRST@$DIGEST" "$SECOND@$DIGEST"');
		const attested = (jobs['image']?.steps ?? []).filter(({ uses = '' }) => uses.startsWith('actions/attest@'));
		const subjects = attested.map(({ with: inputs }) => [inputs?.['subject-name'], inputs?.['sbom-path']]);
		const both = ['first', 'second'].map((name) => `\${{ needs.names.outputs.${name} }}`);
		// Without a bill of materials it is the provenance that is attested.
		const kinds = [undefined, `dist/${sbomFile}`];
		expect(subjects).toEqual(kinds.flatMap((kind) => both.map((subject) => [subject, kind])));
		expect(attested.every(({ with: inputs }) => inputs?.['push-to-registry'] === true)).toBe(true);
	});

	test('is for both platforms, and only what the suites have passed', () => {
		expect(all('image')).toContain('--platform linux/amd64,linux/arm64');
		expect(jobs['suites']?.uses).toBe('./.github/workflows/ci.yml');
		expect(jobs['image']).toMatchObject({ needs: ['names', 'suites'] });
		expect(jobs['draft']).toMatchObject({ needs: ['names', 'image'] });
	});
});

test('what is pinned is asked after: packages, modules, actions and images', () => {
	const { updates } = parse(textOf('.github/dependabot.yml')) as {
		readonly updates: readonly {
			readonly 'package-ecosystem': string;
			readonly directory?: string;
			readonly directories?: readonly string[];
		}[];
	};
	const asked = updates.flatMap(({ directory = [], directories = directory, ...update }) =>
		[directories].flat().map((path) => `${update['package-ecosystem']} ${path}`),
	);
	const kinds = { 'package-lock.json': 'npm', 'go.mod': 'gomod', Dockerfile: 'docker' } as const;
	const found = globSync('**/{package-lock.json,go.mod,Dockerfile}', {
		cwd: checkout,
		exclude: (path) => basename(path) === 'node_modules',
	});
	const pinned = found.map((path) => `${kinds[basename(path) as keyof typeof kinds]} ${join('/', dirname(path))}`);
	expect(asked.toSorted()).toEqual(['github-actions /', ...pinned].toSorted());
});
