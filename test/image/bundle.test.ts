import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, expect, test } from 'vitest';
import { remoteFile } from '../../build/plugins.ts';
import { pageStyleHash } from '../../src/views/page/style.ts';
import type { HttpServer } from '../fakes/http.ts';
import { makeImage } from '../fakes/image.ts';
import { makeNode, type Node } from '../fakes/node.ts';
import { startRegistry } from '../fakes/registry.ts';
import { type Ended, runCommand } from '../real/command.ts';
import { Directory } from '../real/directory.ts';
import { StartedAgent } from './program.ts';
import { checkout, described, formOfImage } from './startForm.ts';

const { environment, flags, program } = formOfImage();
/** Outside the checkout, where no package can be found. */
const directory = new Directory();
const bundle = directory.at(`first/${program}`);
let node: Node;
let registry: HttpServer;
let configuration: string;

async function build(name: string): Promise<void> {
	const { code, stderr } = await runCommand(process.execPath, [`${checkout}/build/main.ts`, directory.at(name)]);
	expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
}

beforeAll(async () => {
	await build('first');
	node = await makeNode();
	registry = await startRegistry({ images: { 'library/busybox': { latest: makeImage() } } });
	configuration = directory.write(
		'config.yaml',
		`listen: 127.0.0.1:0
interval: 1s
node: { name: node-1, root: ${node.root} }
registries:
  - { name: a.example, image: 'a.example/library/busybox:latest', endpoint: 'http://127.0.0.1:${registry.port}' }
`,
	);
});

afterAll(async () => {
	await Promise.all([node.remove(), registry.close()]);
	directory[Symbol.dispose]();
});

const bundled = (...args: readonly string[]) =>
	runCommand(process.execPath, [...flags, bundle, ...args], { ...environment, NODE_PATH: '' });
const checkedOut = (...args: readonly string[]) => runCommand(process.execPath, [`${checkout}/src/main.ts`, ...args]);
const startAgent = (...without: readonly string[]) => {
	const kept = flags.filter((flag) => !without.includes(flag));
	return new StartedAgent([process.execPath, ...kept, bundle, 'agent', '--config', configuration], environment);
};

/** What differs between two runs: times. */
const timeless = ({ code, stdout, stderr }: Ended) => ({
	code,
	stderr,
	stdout: stdout
		.replaceAll(/"(seconds|at|startedAt|durationSeconds)": [\d.]+/g, '')
		.replaceAll(/\d+(\.\d+)? m?s\b/g, ''),
});

test('the bundle knows its version without package.json', async () => {
	const { node: nodejs, openssl } = process.versions;
	const stdout = `registry-probe ${described.version}\nNode.js ${nodejs}\nOpenSSL ${openssl}\n`;
	expect(await bundled('--version')).toEqual({ code: 0, stdout, stderr: '' });
});

test.each([[['plan']], [['plan', '--output', 'json']], [['config']], [['--help']], [['plan', '--lost']]])(
	'the bundle says what the checkout says: %j',
	async (args) => {
		const own = args[0] === '--help' ? args : [...args, '--config', configuration];
		expect(await bundled(...own)).toEqual(await checkedOut(...own));
	},
);

test('a check by the bundle finds what a check by the checkout finds', async () => {
	const args = ['check', '--config', configuration];
	const found = timeless(await bundled(...args));
	expect(found).toEqual(timeless(await checkedOut(...args)));
	expect(found).toMatchObject({ code: 0, stderr: '' });
});

test('an agent probes and answers with the flags of the image', async () => {
	await using agent = startAgent();
	const taken = await agent.firstMetrics();
	process.stdout.write(`start to the first answer at /metrics: ${Math.round(taken)} ms\n`);
	expect(await agent.metrics('registry_probe_success{')).toMatch(/^registry_probe_success\{.*\} 1$/m);
	expect(await agent.stop()).toBe(0);
});

test('a signal that would open a debugger to all programs of the node opens none', async () => {
	const opens = async (agent: StartedAgent) => {
		await agent.metrics();
		agent.signal('SIGUSR1');
		await sleep(1000);
		await agent.metrics();
		return /debugger|inspector/i.test(agent.errors);
	};
	await using agent = startAgent();
	await using other = startAgent('--disable-sigusr1');
	expect(await Promise.all([opens(agent), opens(other)])).toEqual([false, true]);
	expect(await agent.stop()).toBe(0);
});

test('the page is sent with its own style', async () => {
	await using agent = startAgent();
	const page = await agent.page();
	expect(page.headers.get('content-security-policy')).toContain(`'${pageStyleHash}'`);
	expect(await page.text()).toContain('<style>');
});

test('no package is in the bundle that is only for development, and each is named with its license', async () => {
	const { makeBundle } = await import('../../build/bundle.ts');
	const { packages } = await makeBundle();
	const lock = JSON.parse(readFileSync(`${checkout}/package-lock.json`, 'utf8')) as {
		packages: Record<string, { dev?: boolean; version: string; license?: string }>;
	};
	expect(packages.length).toBeGreaterThanOrEqual(Object.keys(described.dependencies).length);
	expect(packages.filter((name) => lock.packages[name]?.dev !== undefined)).toEqual([]);
	const licenses = readFileSync(directory.at('first/LICENSES.txt'), 'utf8');
	for (const name of packages) {
		const { version, license } = lock.packages[name] ?? {};
		expect(licenses).toContain(`${name.replace(/^.*node_modules\//, '')} ${version} (${license})\n`);
	}
});

test('a stack trace leads to the sources', () => {
	expect(readFileSync(bundle, 'utf8').trimEnd()).toMatch(new RegExp(`//# sourceMappingURL=${program}\\.map$`));
	const { sources } = JSON.parse(readFileSync(`${bundle}.map`, 'utf8')) as { sources: string[] };
	expect(sources).toContain('../src/main.ts');
});

test('of the packages only that is in the bundle which an agent can reach', () => {
	const { sources } = JSON.parse(readFileSync(`${bundle}.map`, 'utf8')) as { sources: string[] };
	const idle = /zod\/v4\/locales|undici\/lib\/(?:web|milo|cache|mock|interceptor|dispatcher\/client-h2)/;
	expect(sources.filter((source) => idle.test(source))).toEqual([]);
	expect(sources.some((source) => source.includes('undici/lib/dispatcher/client.js'))).toBe(true);
});

test('the bundle takes one byte a character in memory', () => {
	const text = readFileSync(bundle, 'latin1');
	expect(/[^\0-\x7f]/.exec(text)).toBeNull();
});

test("no module of Node's is imported whole: that would load fetch with the HTTP server", () => {
	const imports = readFileSync(bundle, 'utf8').matchAll(/^import\b[^'"]*['"](node:[^'"]+)['"]/gm);
	expect([...imports].map(([, name]) => name)).toEqual(['node:module']);
});

test('what asks a cluster for people is in a file of its own, which an agent does not load', async () => {
	const sourcesOf = (name: string) =>
		(JSON.parse(readFileSync(directory.at(`first/${name}.map`), 'utf8')) as { sources: string[] }).sources;
	expect(sourcesOf(program).filter((source) => /client-node|cluster\/remote|verdict\/fleet/.test(source))).toEqual([]);
	expect(sourcesOf(remoteFile).some((source) => /client-node\/\w+\/portforward\./.test(source))).toBe(true);
	expect(
		sourcesOf(remoteFile).filter((source) => /client-node\/\w+\/gen\/(?!rxjsStub)|\/undici\//.test(source)),
	).toEqual([]);
	const alone = directory.write(`alone/${program}`, readFileSync(bundle));
	expect(await runCommand(process.execPath, [alone, '--version'])).toMatchObject({ code: 0, stderr: '' });
});

test.each([[['cluster']], [['explain', 'team/app']]])('a command for people says the same: %j', async (args) => {
	const kubeconfig = directory.write('kubeconfig', 'apiVersion: v1\nkind: Config\ncurrent-context: lost\n');
	const own = [...args, '--kubeconfig', kubeconfig];
	const said = await bundled(...own);
	expect(said).toEqual(await checkedOut(...own));
	expect(said).toMatchObject({ code: 2, stderr: expect.stringContaining('has no context lost') });
});

test('what reads TOML is loaded only where it is needed', () => {
	const text = readFileSync(bundle, 'utf8');
	expect(text).toContain('__esm({"node_modules/toml-eslint-parser/lib/index.mjs"()');
});

test.each([
	'cluster/conditionReporter',
	'cluster/reportEvents',
	'cluster/authorizer',
	'server/secureServer',
	'commands/explainPods',
	'explain/diagnosis/explainStuck',
])('%s is loaded only where it is switched on', (module) => {
	expect(readFileSync(bundle, 'utf8')).toContain(`__esm({"src/${module}.ts"()`);
});
