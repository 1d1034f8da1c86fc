import { copyFileSync, mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runCommand } from '../real/command.ts';
import { findProgram } from './needs.ts';

/** Where distroless images have Node. */
const node = '/nodejs/bin/node';

/** Fills a directory with what runs Node and nothing else: its binary and the libraries that it is linked with. */
export async function fillRuntimeBase(root: string): Promise<void> {
	await addProgram(root, process.execPath, node);
}

/** Fills a directory with what the build stage needs: Node, a shell, `env`, npm and the machine's own trust. */
export async function fillBuildBase(root: string): Promise<void> {
	await fillRuntimeBase(root);
	await addProgram(root, '/bin/sh', '/bin/sh');
	await addProgram(root, '/usr/bin/env', '/usr/bin/env');
	mkdirSync(join(root, 'tmp'));
	symlinkSync(node, join(root, 'usr/bin/node'));
	symlinkSync(npmProgram(), join(root, 'usr/bin/npm'));
	const trusted = process.env['NODE_EXTRA_CA_CERTS'];
	if (trusted !== undefined && trusted !== '') add(root, trusted, trust);
}

const trust = '/etc/trust.crt';

/** What a build stage on the local base needs to find packages: the machine's cache first. */
export const buildEnvironment = {
	PATH: '/usr/bin:/bin',
	NODE_EXTRA_CA_CERTS: trust,
	npm_config_cache: '/npm-cache',
	npm_config_prefer_offline: 'true',
};

/** What is mounted into the build stage: npm with what it needs, and its cache. */
export async function buildVolumes(): Promise<readonly string[]> {
	const { stdout } = await runCommand('npm', ['config', 'get', 'cache']);
	const modules = dirname(dirname(dirname(npmProgram())));
	return [`${modules}:${modules}:ro`, `${stdout.trim()}:${buildEnvironment.npm_config_cache}`];
}

/** `…/node_modules/npm/bin/npm-cli.js` */
function npmProgram(): string {
	return realpathSync(findProgram('npm') ?? '');
}

async function addProgram(root: string, from: string, to: string): Promise<void> {
	add(root, from, to);
	const { stdout } = await runCommand('ldd', [from]);
	for (const [library] of stdout.matchAll(/(?<=\s)\/\S+/g)) add(root, library, library);
}

/** Copies a file, what a link leads to in place of the link. */
function add(root: string, from: string, to: string): void {
	const file = join(root, to);
	mkdirSync(dirname(file), { recursive: true });
	copyFileSync(realpathSync(from), file);
}
