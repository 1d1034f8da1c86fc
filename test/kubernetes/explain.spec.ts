import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import type { PodExplanation, PodsDocument } from '../../src/explain/podExplanation.ts';
import { AgentProcess, until } from '../commands/agent.ts';
import { createAuthority } from '../fakes/authority.ts';
import { type Blackhole, startBlackhole } from '../fakes/blackhole.ts';
import type { HttpServer } from '../fakes/http.ts';
import { makeImage } from '../fakes/image.ts';
import { makeNode, type Node } from '../fakes/node.ts';
import { startRegistry } from '../fakes/registry.ts';
import { registryError } from '../fakes/registryError.ts';
import { manifests } from '../manifests/files.ts';
import { failPull } from './kubelet.ts';
import { kubectl } from './kubectl.ts';
import { makePodWorld, namespace, type PodWorld } from './podWorld.ts';

const stack = new AsyncDisposableStack();
let world: PodWorld;
let node: Node;
let open: HttpServer;
let guarded: HttpServer;
let limited: HttpServer;
let cut: Blackhole;
let agent: AgentProcess;

const passwords = { good: 'planted-good-1f6b', expired: 'planted-expired-93aa' };
const names = ['open.test', 'guarded.example', 'limited.test', 'cut.test'];

beforeAll(async () => {
	const authority = await createAuthority();
	const { key, chain: cert } = await authority.issue({ names });
	const tls = { key, cert };
	const images = { 'team/app': { 1: makeImage() }, 'library/busybox': { latest: makeImage() } };
	open = await startRegistry({ tls, images });
	guarded = await startRegistry({ tls, images, auth: { basic: { user: 'me', password: passwords.good } } });
	limited = await startRegistry({ tls, respond: () => registryError(429, 'TOOMANYREQUESTS') });
	for (const server of [open, guarded, limited]) stack.defer(() => server.close());
	cut = stack.use(await startBlackhole());
	const hosts = Object.fromEntries(names.map((name) => [name, '127.0.0.1']));
	node = stack.use(await makeNode({ hosts, bundle: authority.pem }));
	world = stack.use(await makePodWorld(inject('programs'), ['components/discovery', 'components/explain']));
	const run = (...args: readonly string[]) => kubectl(world.plane.access, args);
	await run('apply', '--namespace', namespace, '--kustomize', join(manifests, 'pull-secrets'));
	const login = ['--docker-username=me', `--docker-password=${passwords.expired}`];
	const server = `--docker-server=guarded.example:${guarded.port}`;
	await run('create', 'secret', 'docker-registry', 'regcred', '--namespace', namespace, server, ...login);
	agent = stack.use(new AgentProcess(configured(), [], world.pod));
}, 180_000);

afterAll(() => stack.disposeAsync());

const configured = (more = '') => `
listen: 127.0.0.1:0
interval: 2s
timeout: 1s
node: { name: node-a, root: ${node.root} }
registries: []
discovery: { service_account: ${world.account} }
pull_secrets: { namespaces: [${namespace}] }
${more}
`;

async function document(): Promise<PodsDocument> {
	return JSON.parse((await agent.get('/api/v1/pods')).body) as PodsDocument;
}

/** What is said of a pod, as soon as that holds. */
async function says(pod: string, holds: (one: PodExplanation) => boolean): Promise<PodExplanation> {
	let found: PodExplanation | undefined;
	await until(
		async () => {
			found = (await document()).pods.find((one) => one.pod === pod);
			return found !== undefined && holds(found);
		},
		() => `${JSON.stringify(found)} ${agent.errors}`,
		40,
	);
	if (!found) throw new Error(`nothing is said of ${pod}`);
	return found;
}

const failing = (host: string, cause: string, explained: string) =>
	agent.value('image_pull_failing{', `registry="${host}"`, `cause="${cause}"`, `explained="${explained}"`);

/** What containerd 2.4 says of an image. */
const pulling = (image: string) => `failed to pull and unpack image "${image}": failed to resolve image: `;
const head = (host: string) => `HEAD request to https://${host}/v2/team/app/manifests/1`;

describe('each gets its cause, evidence and remedy:', () => {
	test('a misspelt tag', async () => {
		const host = `open.test:${open.port}`;
		const image = `${host}/team/app:l`;
		await failPull(world, 'misspelt', {
			image,
			text: `rpc error: code = NotFound desc = ${pulling(image)}${image}: not found`,
			tries: 7,
		});
		const told = await says('misspelt', ({ explained }) => explained === 'image');
		expect(told).toMatchObject({ cause: 'image', reason: 'manifest_not_found', host, state: 'ErrImagePull', tries: 7 });
		expect(told.evidence.map(({ source }) => source)).toEqual(expect.arrayContaining(['kubelet', 'image', 'probe']));
		expect(Math.abs(Date.now() / 1000 - 600 - (told.since ?? 0))).toBeLessThan(60);
		expect(await failing(host, 'image', 'image')).toBe(1);
	});

	test('a secret that has expired', async () => {
		const host = `guarded.example:${guarded.port}`;
		const image = `${host}/team/app:1`;
		const text = `${pulling(image)}unexpected status from ${head(host)}: 401 Unauthorized`;
		await failPull(world, 'expired', { image, text, pullSecrets: ['regcred'] });
		const told = await says('expired', ({ explained }) => explained === 'image');
		expect(told).toMatchObject({ cause: 'credentials', reason: 'auth_rejected', host });
		expect(told.pullSecrets).toEqual([{ name: 'regcred', success: false, reason: 'auth_rejected' }]);
		expect(told.summary).toContain(`The pull secret ${namespace}/regcred is rejected`);
		expect(told.remedy).toContain(
			`kubectl -n ${namespace} create secret docker-registry regcred --docker-server=${host}`,
		);
		expect(told.changed.map(({ text: change }) => change)).toContain(`Secret ${namespace}/regcred was written`);
		expect(await failing(host, 'credentials', 'image')).toBe(1);
	});

	test('a path that is cut', async () => {
		const host = `cut.test:${cut.port}`;
		const image = `${host}/team/app:1`;
		const request = `failed to do request: Head "https://${host}/v2/team/app/manifests/1": dial tcp 127.0.0.1:${cut.port}: i/o timeout`;
		await failPull(world, 'cut', {
			image,
			text: `rpc error: code = DeadlineExceeded desc = ${pulling(image)}${request}`,
		});
		const told = await says('cut', ({ summary }) => summary.includes('This node meets the same'));
		expect(told).toMatchObject({ cause: 'node', explained: 'unknown', reason: 'tcp_timeout', stage: 'tcp', host });
		expect(await failing(host, 'node', 'unknown')).toBe(1);
	});

	test('a limit that is reached', async () => {
		const host = `limited.test:${limited.port}`;
		const image = `${host}/team/app:1`;
		await failPull(world, 'limited', {
			image,
			text: `${pulling(image)}unexpected status from ${head(host)}: 429 Too Many Requests`,
		});
		const told = await says('limited', ({ explained }) => explained !== 'unknown');
		expect(told).toMatchObject({ cause: 'rate_limit', reason: 'rate_limited', host });
	});
});

test('what kubelet was told and a probe does not meet any more is said so', async () => {
	const host = `open.test:${open.port}`;
	const image = `${host}/team/app:1`;
	await failPull(world, 'mended', {
		image,
		text: `${pulling(image)}unexpected status from ${head(host)}: 503 Service Unavailable`,
	});
	const told = await says('mended', ({ summary }) => summary.includes('A pull would work now'));
	expect(told).toMatchObject({ cause: 'registry', explained: 'unknown', reason: 'http_server_error' });
});

test('probes on demand are no series, and no password is told', async () => {
	const { body: metrics } = await agent.get('/metrics');
	expect(metrics).not.toContain('team/app');
	const { body } = await agent.get('/api/v1/pods');
	for (const password of Object.values(passwords)) {
		expect(metrics + body + agent.errors).not.toContain(password);
		expect(metrics + body + agent.errors).not.toContain(Buffer.from(`me:${password}`).toString('base64'));
	}
	expect(await agent.value('messages_not_understood_total')).toBe(0);
});

test('a right that is taken is told, and explanations go on', async () => {
	await kubectl(world.plane.access, ['delete', 'clusterrolebinding', 'registry-probe-explain']);
	await until(
		() => agent.lines('events of pods cannot be read; explanations go without them').length > 0,
		() => agent.errors,
		60,
	);
	expect((await says('misspelt', () => true)).cause).toBe('image');
	await world.install();
}, 90_000);

test('a reload switches it off and on', async () => {
	agent.configure(configured('explain: { pods: false }'));
	await until(
		async () => (await agent.value('messages_not_understood_total')) === undefined,
		() => 'it is still there',
	);
	expect((await document()).pods).toEqual([]);
	agent.configure(configured());
	expect((await says('misspelt', () => true)).cause).toBe('image');
});

test('what is gone is explained no more', async () => {
	for (const pod of ['misspelt', 'expired', 'cut', 'limited', 'mended']) await world.deletePod(pod);
	await until(
		async () => (await document()).pods.length === 0,
		() => 'it is still there',
	);
	expect(await agent.value('image_pull_failing{')).toBeUndefined();
});
