import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { networkInterfaces, tmpdir } from 'node:os';
import { request } from 'node:https';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { type ReviewsApi, startReviewsApi } from '../cluster/reviewsApi.ts';
import { type Authority, createAuthority, type Issued } from '../fakes/authority.ts';
import { AgentProcess, until } from './agent.ts';

/** An address of this machine that is not loopback. */
const outside = Object.values(networkInterfaces())
	.flatMap((addresses) => addresses ?? [])
	.find(({ internal, family }) => !internal && family === 'IPv4')?.address;
const withoutOutside = outside === undefined && process.env['CI'] !== 'true';

let api: ReviewsApi;
let account: string;
let authority: Authority;
let issued: Issued;
let agent: AgentProcess;

beforeAll(async () => {
	api = await startReviewsApi();
	api.users.set('planted-token-of-ann', 'ann').set('planted-token-of-bob', 'bob');
	api.rights.add('ann /registry-probe/').add('ann /registry-probe/api/v1/plan');
	account = await mkdtemp(join(tmpdir(), 'service-account-'));
	authority = await createAuthority();
	issued = await authority.issue({ names: ['agent.example'] });
	const { ca } = await api.access.identity();
	await writeFile(join(account, 'token'), 'token');
	await writeFile(join(account, 'ca.crt'), ca);
	await writeFile(join(account, 'tls.crt'), issued.chain);
	await writeFile(join(account, 'tls.key'), issued.key);
	const pod = ['env', 'KUBERNETES_SERVICE_HOST=127.0.0.1', `KUBERNETES_SERVICE_PORT=${api.server.port}`];
	agent = new AgentProcess(configuration(), ['--log-level', 'debug'], pod);
	await agent.told('agent listens');
});

afterAll(async () => {
	await agent[Symbol.asyncDispose]();
	await api.server.close();
	await rm(account, { recursive: true });
});

const configuration = () => `
listen: 0.0.0.0:0
tls: { certificate: ${account}/tls.crt, key: ${account}/tls.key }
authentication: kubernetes
registries: []
discovery: { images: false, service_account: ${account} }
`;

async function ask(path: string, token?: string, host = outside) {
	const { address } = await agent.told('agent listens');
	const port = Number(String(address).split(':').at(-1));
	const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
	const options = { host, port, path, headers, servername: 'agent.example', ca: authority.pem, agent: false };
	const sent = request(options).end();
	const [response] = await once(sent, 'response');
	return { status: Number(response.statusCode), headers: response.headers, body: await text(response) };
}

test.skipIf(withoutOutside)('who has the right reads the page and the plan, each by itself', async () => {
	expect((await ask('/', 'planted-token-of-ann')).status).toBe(200);
	expect((await ask('/api/v1/plan', 'planted-token-of-ann')).body).toContain('"version":1');
	expect((await ask('/api/v1/observations', 'planted-token-of-ann')).status).toBe(403);
});

test.skipIf(withoutOutside)('others do not', async () => {
	expect(await ask('/', 'planted-token-of-bob')).toMatchObject({ status: 403 });
	expect(await ask('/', 'planted-token-of-nobody')).toMatchObject({ status: 401 });
	const { status, headers } = await ask('/');
	expect(status).toBe(401);
	expect(headers['www-authenticate']).toContain('Bearer');
});

test.skipIf(withoutOutside)('metrics and health stay open', async () => {
	for (const path of ['/metrics', '/healthz', '/readyz']) expect((await ask(path)).status).toBe(200);
});

test('on the node itself nobody is asked', async () => {
	const asked = api.server.requests.length;
	expect((await ask('/', undefined, '127.0.0.1')).status).toBe(200);
	expect(api.server.requests).toHaveLength(asked);
});

test.skipIf(withoutOutside)('without the API server the answer is 503, and one line says why', async () => {
	api.fault = () => 'reset';
	api.rights.add('bob /registry-probe/api/v1/observations');
	const refused = await ask('/api/v1/observations', 'planted-token-of-bob');
	expect(refused).toMatchObject({ status: 503, body: expect.stringContaining('cannot be asked') });
	expect((await ask('/metrics')).status).toBe(200);
	api.fault = () => undefined;
	await until(
		async () => (await ask('/api/v1/observations', 'planted-token-of-bob')).status === 200,
		() => agent.errors,
	);
	expect(agent.lines('nobody can be authenticated')).toHaveLength(1);
	expect(agent.lines('people are authenticated again')).toHaveLength(1);
});

test('a certificate that was renewed is shown without a restart', async () => {
	const next = await authority.issue({ names: ['agent.example', 'renewed.example'] });
	await writeFile(join(account, 'tls.key'), next.key);
	await writeFile(join(account, 'tls.crt'), next.chain);
	const { address } = await agent.told('agent listens');
	const port = Number(String(address).split(':').at(-1));
	const options = { host: '127.0.0.1', port, path: '/healthz', servername: 'renewed.example', ca: authority.pem };
	const verified = async () => {
		const sent = request({ ...options, agent: false }).end();
		return await once(sent, 'response').then(
			([response]) => response.resume() !== undefined,
			() => false,
		);
	};
	await expect.poll(verified, { timeout: 15_000 }).toBe(true);
});

test('no token is in the log', () => {
	expect(agent.errors).not.toContain('planted');
	expect(agent.output).not.toContain('planted');
});
