import { once } from 'node:events';
import { request } from 'node:https';
import { networkInterfaces } from 'node:os';
import { text } from 'node:stream/consumers';

import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { AgentProcess } from '../commands/agent.ts';
import { type Authority, createAuthority } from '../fakes/authority.ts';
import { Directory } from '../real/directory.ts';
import { tokenOf } from './account.ts';
import { kubectl } from './kubectl.ts';
import { makePodWorld, type PodWorld } from './podWorld.ts';

/** An address of this machine that is not loopback. */
const outside = Object.values(networkInterfaces())
	.flatMap((addresses) => addresses ?? [])
	.find(({ internal, family }) => !internal && family === 'IPv4')?.address;
const withoutOutside = outside === undefined && process.env['CI'] !== 'true';
const forAgents = { audiences: ['registry-probe'] };
const paths = ['/', '/api/v1/observations', '/api/v1/plan', '/api/v1/pods'];
const directory = new Directory();

let world: PodWorld;
let authority: Authority;
let agent: AgentProcess;

beforeAll(async () => {
	world = await makePodWorld(inject('programs'), ['components/authentication']);
	const { access } = world.plane;
	for (const name of ['reader', 'other'])
		await kubectl(access, ['create', 'serviceaccount', name, '--namespace', 'team']);
	const role = ['--clusterrole=registry-probe-reader', '--serviceaccount=team:reader'];
	await kubectl(access, ['create', 'clusterrolebinding', 'readers', ...role]);
	authority = await createAuthority();
	const { chain, key } = await authority.issue({ names: ['agent.example'] });
	directory.write('tls.crt', chain);
	directory.write('tls.key', key);
	agent = new AgentProcess(configuration(), [], world.pod);
	await agent.told('agent listens');
}, 180_000);

afterAll(async () => {
	await agent[Symbol.asyncDispose]();
	await world[Symbol.asyncDispose]();
	directory[Symbol.dispose]();
});

const configuration = () => `
listen: 0.0.0.0:0
tls: { certificate: ${directory.at('tls.crt')}, key: ${directory.at('tls.key')} }
authentication: kubernetes
registries: []
discovery: { images: false, service_account: ${world.account} }
`;

async function statusOf(path: string, token?: string): Promise<number> {
	const { address } = await agent.told('agent listens');
	const port = Number(String(address).split(':').at(-1));
	const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
	const options = { host: outside, port, path, headers, servername: 'agent.example', ca: authority.pem, agent: false };
	const sent = request(options).end();
	const [response] = await once(sent, 'response');
	await text(response);
	return Number(response.statusCode);
}

const token = async (name: string, wish = {}) => await tokenOf(world.plane.access, 'team', name, wish);

test.skipIf(withoutOutside)('who has the role reads everything', async () => {
	const reader = await token('reader', forAgents);
	for (const path of paths) expect(await statusOf(path, reader)).toBe(200);
});

test.skipIf(withoutOutside)(
	'an account without the role reads nothing, though it may read /api/* of the API',
	async () => {
		const other = await token('other', forAgents);
		const { stdout } = await kubectl(world.plane.access, [
			'auth',
			'can-i',
			'get',
			'/api/v1/plan',
			'--as=system:serviceaccount:team:other',
			'--as-group=system:authenticated',
		]);
		expect(stdout.trim()).toBe('yes');
		for (const path of paths) expect(await statusOf(path, other)).toBe(403);
	},
);

test.skipIf(withoutOutside)('a token for the API server is refused, also that of an administrator', async () => {
	expect(await statusOf('/', await token('reader'))).toBe(401);
	expect(await statusOf('/', world.plane.access.token)).toBe(401);
});

test.skipIf(withoutOutside)('without a token, or with one of nobody, nothing is read', async () => {
	expect(await statusOf('/')).toBe(401);
	expect(await statusOf('/', 'token-of-nobody')).toBe(401);
});

test.skipIf(withoutOutside)('a token of an account that is gone is refused', async () => {
	await kubectl(world.plane.access, ['create', 'serviceaccount', 'brief', '--namespace', 'team']);
	const brief = await token('brief', forAgents);
	await kubectl(world.plane.access, ['delete', 'serviceaccount', 'brief', '--namespace', 'team']);
	expect(await statusOf('/', brief)).toBe(401);
});

test.skipIf(withoutOutside)('metrics are open', async () => {
	expect(await statusOf('/metrics')).toBe(200);
});

test('no token is in the log', async () => {
	expect(agent.errors).not.toContain('eyJ');
});
