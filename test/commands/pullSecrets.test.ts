import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { aSecret } from '../cluster/secrets.ts';
import { type ApiObject, type ClusterApi, startClusterApi } from '../fakes/clusterApi.ts';
import type { HttpServer } from '../fakes/http.ts';
import { makeImage } from '../fakes/image.ts';
import { makeNode, type Node } from '../fakes/node.ts';
import { startRegistry } from '../fakes/registry.ts';
import { startTokenService, type TokenService } from '../fakes/token.ts';
import { createAuthority } from '../fakes/authority.ts';
import { givenAway, planted } from '../hostile/planted.ts';
import { AgentProcess, until } from './agent.ts';

const stack = new AsyncDisposableStack();
const state = mkdtempSync(join(tmpdir(), 'secret-state-'));
let api: ClusterApi;
let token: TokenService;
let registry: HttpServer;
let node: Node;
let agent: AgentProcess;

const host = () => `registry.test:${registry.port}`;
const login = `${planted.user}:${planted.password}`;
const wrong = `${planted.user}:${planted.nodePassword}`;

beforeAll(async () => {
	stack.defer(() => rmSync(state, { recursive: true }));
	const authority = await createAuthority();
	const { key, chain } = await authority.issue({ names: ['registry.test', 'auth.test', '127.0.0.1'] });
	const tls = { key, cert: chain };
	const accept = (request: { readonly login?: { readonly password: string } }) =>
		request.login?.password === planted.password;
	token = stack.use(await startTokenService({ tls, accept }));
	registry = stack.use(
		await startRegistry({
			tls,
			images: { 'team/app': { 1: makeImage() } },
			auth: { bearer: { realm: token.realm('auth.test'), service: 'registry.test', tokens: token.tokens } },
		}),
	);
	const hosts = { 'registry.test': '127.0.0.1', 'auth.test': '127.0.0.1' };
	node = stack.use(await makeNode({ hosts, bundle: authority.pem }));
	api = stack.use(await startClusterApi());
	api.readable.add('shop').add('bank');
	const auths = { [host()]: login };
	put(aSecret('good', auths));
	put(aSecret('bad', { [host()]: wrong }));
	put(aSecret('good', auths, { metadata: { namespace: 'bank' } }));
	put(aSecret('closed', auths, { metadata: { namespace: 'closed' } }));
	for (const secret of ['good', 'bad', 'gone']) putPod(secret, 'shop', secret);
	putPod('other', 'bank', 'good');
	putPod('refused', 'closed', 'closed');
	agent = stack.use(
		new AgentProcess(
			configured('shop, closed'),
			['--state', state, '--log-level', 'debug'],
			['env', ...Object.entries(api.environment).map(([name, value]) => `${name}=${value}`)],
		),
	);
});

afterAll(() => stack.disposeAsync());

const put = (secret: object) => api.put('secrets', secret as ApiObject);

function putPod(name: string, namespace: string, secret: string, waiting?: object): void {
	api.put('pods', {
		metadata: { name, namespace },
		spec: {
			nodeName: 'node-1',
			containers: [{ name: 'app', image: `${host()}/team/app:1` }],
			imagePullSecrets: [{ name: secret }],
		},
		status: {
			phase: waiting ? 'Pending' : 'Running',
			containerStatuses: [{ name: 'app', imageID: waiting ? '' : 'x', state: waiting ? { waiting } : { running: {} } }],
		},
	});
}

const configured = (namespaces: string) => `
listen: 127.0.0.1:0
node: { name: node-1, root: ${node.root} }
registries: []
discovery: { service_account: ${api.account} }
pull_secrets: { namespaces: [${namespaces}], interval: 1s }
`;

const success = (namespace: string, secret: string) =>
	agent.value('registry_probe_pull_secret_success{', `namespace="${namespace}"`, `secret="${secret}"`);
const failure = (secret: string, reason: string) =>
	agent.value('registry_probe_pull_secret_failure{', `secret="${secret}"`, `reason="${reason}"`);
const secretsAsked = () => api.requests.filter(({ path }) => path.includes('/secrets'));

async function becomes(what: string, holds: () => Promise<boolean>): Promise<void> {
	await until(holds, () => `${what} does not come: ${agent.errors}`, 20);
}

test('a secret that works, one that is rejected and one that is not there are told apart', async () => {
	await becomes('success', async () => (await success('shop', 'good')) === 1);
	await becomes('rejection', async () => (await failure('bad', 'auth_rejected')) === 1);
	await becomes('absence', async () => (await failure('gone', 'secret_not_found')) === 1);
	expect(await success('shop', 'bad')).toBe(0);
	expect(await success('shop', 'gone')).toBe(0);
});

test('a login that was rejected is shown no second time', async () => {
	const shown = () => token.asked.filter((request) => request.login?.password === planted.nodePassword);
	const good = () => token.asked.filter((request) => request.login?.password === planted.password);
	const before = good().length;
	await becomes('another round', () => Promise.resolve(good().length > before + 2));
	expect(shown()).toHaveLength(1);
});

test('Secrets are asked for by name, only where they are opted in', async () => {
	const paths = new Set(secretsAsked().map(({ method, path }) => `${method} ${path}`));
	const path = (place: string) => `GET /api/v1/namespaces/${place}?resourceVersion=0`;
	expect([...paths].toSorted()).toEqual(
		['closed/secrets/closed', 'shop/secrets/bad', 'shop/secrets/gone', 'shop/secrets/good'].map(path),
	);
	expect(await success('bank', 'good')).toBeUndefined();
	expect(await success('closed', 'closed')).toBeUndefined();
	expect(agent.lines('a pull secret cannot be read')).toMatchObject([{ namespace: 'closed', secret: 'closed' }]);
});

test('a secret that is mended works at once', async () => {
	put(aSecret('bad', { [host()]: login }));
	await becomes('success', async () => (await success('shop', 'bad')) === 1);
	expect(await failure('bad', 'auth_rejected')).toBeUndefined();
	expect(agent.lines('a pull secret works again')).toMatchObject([{ namespace: 'shop', secret: 'bad' }]);
});

test('a secret that ends says when', async () => {
	const claims = Buffer.from(JSON.stringify({ exp: 1_900_000_000 })).toString('base64url');
	put(aSecret('good', { [host()]: `${planted.user}:x.${claims}.y` }));
	await becomes('end', async () => {
		return (
			(await agent.value('credential_not_after_timestamp_seconds{', 'source="secret shop/good"')) === 1_900_000_000
		);
	});
	put(aSecret('good', { [host()]: login }));
	await becomes('success', async () => (await success('shop', 'good')) === 1);
	expect(await agent.value('credential_not_after_timestamp_seconds{')).toBeUndefined();
});

test('a pod whose secret is rejected is told so, and nothing of what is in it', async () => {
	put(aSecret('stuck', { [host()]: wrong }));
	const message = `failed to authorize: failed to fetch oauth token: unexpected status: 401 Unauthorized`;
	putPod('stuck', 'shop', 'stuck', { reason: 'ErrImagePull', message });
	const pods = async () => (await agent.get('/api/v1/pods')).body;
	await becomes('explanation', async () => (await pods()).includes('with the secret stuck'));
	expect(await pods()).toContain('"cause":"credentials"');
	expect(givenAway(await pods())).toEqual([]);
	api.remove('pods', 'stuck', 'shop');
});

test('a broken path blames no secret', async () => {
	const { port } = registry;
	await registry.close();
	await becomes('silence', async () => (await success('shop', 'good')) === undefined);
	expect(await failure('good', 'auth_rejected')).toBeUndefined();
	expect(port).toBeGreaterThan(0);
	expect(await failure('gone', 'secret_not_found')).toBe(1);
});

test('what pods no longer use, and namespaces that are no longer opted in, vanish', async () => {
	api.remove('pods', 'gone', 'shop');
	await becomes('end', async () => (await failure('gone', 'secret_not_found')) === undefined);
	agent.configure(configured('bank'));
	await becomes('other Secret', () => Promise.resolve(secretsAsked().some(({ path }) => path.includes('/bank/'))));
	const asked = secretsAsked().filter(({ path }) => path.includes('/shop/')).length;
	agent.configure(configured(''));
	await agent.told('configuration reloaded', 2);
	const before = secretsAsked().length;
	await new Promise((resolve) => setTimeout(resolve, 2500));
	expect(secretsAsked()).toHaveLength(before);
	expect(secretsAsked().filter(({ path }) => path.includes('/shop/'))).toHaveLength(asked);
	expect((await agent.get('/metrics')).body).not.toContain('pull_secret');
});

test('no login is told anywhere', async () => {
	const sent = JSON.stringify(token.requests.map(({ headers }) => headers));
	expect(givenAway(sent).toSorted()).toEqual(['nodePassword', 'password']);
	for (const path of ['/metrics', '/', '/api/v1/observations', '/api/v1/plan']) {
		expect(givenAway((await agent.get(path)).body)).toEqual([]);
	}
	const files = readdirSync(state).map((name) => readFileSync(join(state, name), 'utf8'));
	expect(givenAway(agent.errors + agent.output + files.join())).toEqual([]);
	agent.signal('SIGTERM');
	expect(await agent.ended()).toBe(0);
});
