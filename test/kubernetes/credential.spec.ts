import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { AgentProcess, until } from '../commands/agent.ts';
import { createAuthority } from '../fakes/authority.ts';
import { type HttpServer, startHttp } from '../fakes/http.ts';
import { makeNode, type Node } from '../fakes/node.ts';
import { json } from '../fakes/reply.ts';
import { basic, holds, user } from '../hostile/canary.ts';
import { manifests } from '../manifests/files.ts';
import { agentToken } from './agentPod.ts';
import { kubectl } from './kubectl.ts';
import { makePodWorld, namespace, type PodWorld } from './podWorld.ts';
import { askServer } from './request.ts';

const passwords = {
	configured: 'Canary<configured>&7f3a',
	team: 'Canary<of-team>&7f3a',
	bank: 'Canary<of-bank>&7f3a',
	message: 'Canary-in-a-message-7f3a',
};
const stack = new AsyncDisposableStack();
let world: PodWorld;
let registry: HttpServer;
let node: Node;
let agent: AgentProcess;
let token: string;

const host = () => `registry.test:${registry.port}`;
const run = async (...args: readonly string[]) => await kubectl(world.plane.access, args);

async function createSecret(place: string, name: string, password: string): Promise<void> {
	const login = [`--docker-server=${host()}`, `--docker-username=${user}`, `--docker-password=${password}`];
	await run('create', 'secret', 'docker-registry', name, '--namespace', place, ...login);
}

beforeAll(async () => {
	const components = ['discovery', 'explain', 'events', 'node-condition'].map((name) => `components/${name}`);
	world = stack.use(await makePodWorld(inject('programs'), components));
	token = await agentToken(world.plane.access, 'node-a');
	await writeFile(join(world.account, 'token'), token);
	const authority = await createAuthority();
	const { key, chain } = await authority.issue({ names: ['registry.test'] });
	// Says back whatever it is shown, in texts and in the place of names.
	registry = stack.use(
		await startHttp({ tls: { key, cert: chain } }, ({ headers: { authorization } }) => {
			if (authorization === undefined) return { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } };
			const shown = Buffer.from(authorization.split(' ')[1] ?? '', 'base64').toString();
			const message = `${authorization} ${shown} ${encodeURIComponent(shown)}`;
			return json(403, { errors: [{ code: 'DENIED', message }] }, { 'docker-content-digest': shown });
		}),
	);
	node = stack.use(await makeNode({ hosts: { 'registry.test': '127.0.0.1' }, bundle: authority.pem }));
	const auths = { app: { username: user, password: passwords.configured } };
	await node.write('/login.json', JSON.stringify({ auths }));
	await run('create', 'namespace', 'bank');
	await run('apply', '--namespace', namespace, '--kustomize', join(manifests, 'pull-secrets'));
	await createSecret(namespace, 'own', passwords.team);
	for (const name of ['own', 'theirs']) await createSecret('bank', name, passwords.bank);
	const image = `${host()}/team/app:1`;
	const message = `failed to resolve reference "${image}": 403 Forbidden: ${basic(passwords.message)} is refused`;
	await world.createPod('stealing', {
		image,
		pulled: false,
		pullSecrets: ['theirs', 'own'],
		waiting: { reason: 'ErrImagePull', message },
	});
	agent = stack.use(new AgentProcess(configured(), ['--log-level', 'debug'], world.pod));
	await until(
		async () => (await eventsOf()).includes('ImagePullExplained') && shown().has(basic(passwords.team)),
		() => `nothing is written: ${agent.errors}`,
		90,
	);
}, 240_000);

afterAll(() => stack.disposeAsync());

const configured = () => `
listen: 127.0.0.1:0
interval: 1s
timeout: 2s
node: { name: node-a, root: ${node.root} }
registries: [{ name: app, image: '${host()}/team/app:1', credentials: { file: ${join(node.root, 'login.json')} } }]
discovery: { service_account: ${world.account} }
pull_secrets: { namespaces: [${namespace}, bank], interval: 1s }
cluster: { events: true, condition: true, condition_after: 1s }
`;

const shown = () => new Set(registry.requests.flatMap(({ headers }) => headers.authorization ?? []));
const read = async (path: string) => (await askServer(world.plane.access, path)).body;
/** What agents have written: the kubelet's own words are the kubelet's. */
const eventsOf = async () => {
	const { items } = JSON.parse(await read('/apis/events.k8s.io/v1/events')) as { readonly items: readonly object[] };
	return JSON.stringify(items.filter((event) => JSON.stringify(event).includes('registry-probe')));
};

test('a registry is shown what its configuration and the pod that names it have, and no secret of another namespace', () => {
	expect(shown()).toEqual(new Set([basic(passwords.configured), basic(passwords.team)]));
});

test('no Event holds what the registry says back', async () => {
	const events = await eventsOf();
	for (const password of Object.values(passwords)) expect(holds(events, password)).toBe(false);
});

test('no condition of the node does', async () => {
	const found = await read('/api/v1/nodes/node-a');
	expect(found).toContain('RegistriesReachable');
	for (const password of Object.values(passwords)) expect(holds(found, password)).toBe(false);
});

test.each(['/metrics', '/', '/api/v1/pods', '/api/v1/observations', '/api/v1/plan'])('nor does %s', async (path) => {
	const { body } = await agent.get(path);
	expect(body).toContain('registry.test');
	for (const password of Object.values(passwords)) expect(holds(body, password)).toBe(false);
});

test('nor does the log, on no level, and no token of the agent', () => {
	const told = agent.errors + agent.output;
	expect(told).toContain('stage fails');
	for (const secret of [...Object.values(passwords), token]) expect(holds(told, secret)).toBe(false);
});

test('the token of the agent reads the Secrets of namespaces that take part, and no other', async () => {
	const status = async (path: string) => (await askServer(world.plane.access, path, { token })).status;
	expect(await status(`/api/v1/namespaces/${namespace}/secrets/own`)).toBe(200);
	for (const path of [
		'secrets',
		`namespaces/${namespace}/secrets`,
		'namespaces/bank/secrets',
		'namespaces/bank/secrets/own',
	])
		expect(await status(`/api/v1/${path}`)).toBe(403);
});
