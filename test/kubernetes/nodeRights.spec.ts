import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PlanDocument } from '../../src/plan/planDocument.ts';
import { makeNode, type Node } from '../fakes/node.ts';
import { readManifest } from '../manifests/files.ts';
import { containersOf, podOf } from '../manifests/manifest.ts';

const checkout = join(import.meta.dirname, '../..');
const proxy = 'http://proxy.corp.example:3128';
const stopping = new AbortController();
let node: Node;

beforeAll(async () => {
	const logins = { auths: { 'registry.corp.example': { auth: Buffer.from('probe:secret').toString('base64') } } };
	node = await makeNode({ files: { 'var/lib/kubelet/config.json': JSON.stringify(logins) } });
	await chmod(join(node.root, 'var/lib/kubelet/config.json'), 0o600);
	await mkdir(join(node.root, 'proc'));
	await mkdir(join(node.root, 'usr/bin'), { recursive: true });
	// What runs for a while under the name of the runtime, with an environment like one.
	const runtime = join(node.root, 'usr/bin/containerd');
	await copyFile('/bin/sleep', runtime);
	await chmod(runtime, 0o755);
	const child = spawn(runtime, ['600'], { stdio: 'ignore', env: { HTTPS_PROXY: proxy }, signal: stopping.signal });
	child.on('error', () => undefined);
	await once(child, 'spawn');
});

afterAll(async () => {
	stopping.abort();
	await node[Symbol.asyncDispose]();
});

/** The capabilities that a component gives to user 0. */
function capabilitiesOf(component: string): readonly string[] {
	const pod = podOf(readManifest(`components/${component}/daemonset.yaml`));
	expect(pod.securityContext).toMatchObject({ runAsUser: 0 });
	const [{ securityContext = {} } = {}] = containersOf(pod);
	const { add = [] } = (securityContext['capabilities'] ?? {}) as { readonly add?: readonly string[] };
	return add.map((name) => name.toLowerCase());
}

/** The plan of the node, as made by user 0 in a PID namespace of its own with these capabilities and the node's /proc. */
async function planWith(capabilities: readonly string[]): Promise<PlanDocument> {
	const bound = ['-all', ...capabilities.map((name) => `+${name}`)].join(',');
	const enter = 'mount --bind /proc "$0/proc" && exec "$@"';
	const reduced = ['setpriv', '--no-new-privs', '--inh-caps', '-all', '--bounding-set', bound];
	const plan = [process.execPath, join(checkout, 'src/main.ts'), 'plan', '--output', 'json', '--root', node.root];
	const namespaces = ['--mount', '--propagation', 'private', '--pid', '--fork'];
	const args = [...namespaces, 'sh', '-c', enter, node.root, ...reduced, ...plan];
	const { stdout } = await promisify(execFile)('unshare', args, { maxBuffer: 2 ** 24 });
	return JSON.parse(stdout) as PlanDocument;
}

test('node-credentials reads the logins of the kubelet, and no process', async () => {
	const { keyring, environment } = await planWith(capabilitiesOf('node-credentials'));
	expect(keyring).toMatchObject({ readable: true, keys: ['registry.corp.example'] });
	expect(environment?.reader).toBe('nobody');
});

test('runtime-process reads the environment of the runtime, without the PID namespace of the node', async () => {
	const { environment, targets } = await planWith(capabilitiesOf('runtime-process'));
	expect(environment?.reader).toMatch(/^process \d+$/);
	expect(new Set(targets.map((target) => target.proxy))).toEqual(new Set([proxy]));
});
