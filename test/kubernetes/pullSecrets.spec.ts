import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';

import { AgentProcess, until } from '../commands/agent.ts';
import { createAuthority } from '../fakes/authority.ts';
import { makeNode, type Node } from '../fakes/node.ts';
import { manifests } from '../manifests/files.ts';
import { Directory } from '../real/directory.ts';
import { loggedRequests, startDockerRegistry } from '../real/dockerRegistry.ts';
import { writePasswords } from '../real/passwords.ts';
import type { Program } from '../real/running.ts';
import { fillStore } from '../real/store.ts';
import { kubectl } from './kubectl.ts';
import { makePodWorld, namespace, type PodWorld } from './podWorld.ts';
import { askServer } from './request.ts';
import { tokenOf } from './account.ts';

const passwords = { good: 'planted-good-7c1e', wrong: 'planted-wrong-05bd' };
const stack = new AsyncDisposableStack();
let world: PodWorld;
let node: Node;
let registry: Program;
let agent: AgentProcess;

const host = () => `registry.test:${registry.port}`;
const run = async (...args: readonly string[]) => await kubectl(world.plane.access, args);
const path = join(manifests, 'pull-secrets');

beforeAll(async () => {
	const directory = stack.use(new Directory());
	const authority = await createAuthority();
	const issued = await authority.issue({ names: ['registry.test', '127.0.0.1'] });
	const users = await writePasswords(directory, 'registry', { me: passwords.good });
	const { path: store } = await fillStore(directory);
	const auth = { htpasswd: { realm: 'registry', path: users } };
	registry = stack.use(await startDockerRegistry({ directory, store, issued, auth }));
	node = stack.use(await makeNode({ hosts: { 'registry.test': '127.0.0.1' }, bundle: authority.pem }));
	world = stack.use(await makePodWorld(inject('programs')));
	await run('create', 'namespace', 'bank');
	await run('create', 'serviceaccount', 'default', '--namespace', 'bank');
	await run('apply', '--namespace', namespace, '--kustomize', path);
	for (const place of [namespace, 'bank']) await createSecret('regcred', passwords.good, place);
	await createSecret('expired', passwords.wrong);
	const image = `${host()}/team/app:1`;
	for (const secret of ['regcred', 'expired', 'gone']) await world.createPod(secret, { image, pullSecrets: [secret] });
	await world.createPod('elsewhere', { image, namespace: 'bank', pullSecrets: ['regcred'] });
	agent = stack.use(new AgentProcess(configured(namespace, 'bank'), ['--log-level', 'debug'], world.pod));
});

afterAll(() => stack.disposeAsync());

const configured = (...namespaces: readonly string[]) => `
listen: 127.0.0.1:0
node: { name: node-a, root: ${node.root} }
registries: []
discovery: { service_account: ${world.account} }
pull_secrets: { namespaces: [${namespaces.join()}], interval: 1s }
`;

async function createSecret(name: string, password: string, place = namespace): Promise<void> {
	const login = [`--docker-server=${host()}`, '--docker-username=me', `--docker-password=${password}`];
	await run('create', 'secret', 'docker-registry', name, '--namespace', place, ...login);
}

const success = (secret: string, place = namespace) =>
	agent.value('registry_probe_pull_secret_success{', `namespace="${place}"`, `secret="${secret}"`);
const failure = (secret: string, reason: string) =>
	agent.value('registry_probe_pull_secret_failure{', `secret="${secret}"`, `reason="${reason}"`);

async function becomes(what: string, holds: () => Promise<boolean>, seconds = 30): Promise<void> {
	await until(holds, () => `${what} does not come: ${agent.errors}`, seconds);
}

test('a secret that works, one with a wrong password and one that is not there are told apart', async () => {
	await becomes('success', async () => (await success('regcred')) === 1);
	await becomes('rejection', async () => (await failure('expired', 'auth_rejected')) === 1);
	await becomes('absence', async () => (await failure('gone', 'secret_not_found')) === 1);
	expect(await success('expired')).toBe(0);
});

test('a Secret of a namespace without the role is refused, and nothing is said of it', async () => {
	const line = await agent.told('a pull secret cannot be read');
	expect(line).toMatchObject({ level: 'warn', namespace: 'bank', secret: 'regcred' });
	expect(String(line['detail'])).toContain('secrets "regcred" is forbidden');
	expect(await success('regcred', 'bank')).toBeUndefined();
	const token = await tokenOf(world.plane.access, 'registry-probe', 'registry-probe');
	const status = async (place: string, name: string) =>
		(await askServer(world.plane.access, `/api/v1/namespaces/${place}/secrets${name}`, { token })).status;
	expect(await status('bank', '/regcred')).toBe(403);
	expect(await status(namespace, '/regcred')).toBe(200);
	expect(await status(namespace, '')).toBe(403);
});

test('a secret that is rotated is tried anew', async () => {
	const attempts = () => loggedRequests(registry.output).filter(({ status }) => status === 401).length;
	await run('delete', 'secret', 'expired', '--namespace', namespace);
	await createSecret('expired', passwords.good);
	await becomes('success', async () => (await success('expired')) === 1);
	expect(attempts()).toBeGreaterThan(0);
	await run('delete', 'secret', 'gone', '--namespace', namespace, '--ignore-not-found');
	await createSecret('gone', passwords.good);
	await becomes('success', async () => (await success('gone')) === 1);
});

test('the role that is taken back ends it', async () => {
	await run('delete', '--namespace', namespace, '--kustomize', path);
	await becomes('end', async () => (await success('regcred')) === undefined);
	expect(await failure('regcred', 'secret_forbidden')).toBeUndefined();
	await run('apply', '--namespace', namespace, '--kustomize', path);
	await becomes('success', async () => (await success('regcred')) === 1);
});

test('the series of a pod that is gone vanish', async () => {
	await world.deletePod('expired');
	await becomes('end', async () => (await success('expired')) === undefined);
	expect(await success('regcred')).toBe(1);
});

test('no password is told anywhere', async () => {
	const { body } = await agent.get('/metrics');
	const told = body + agent.errors + (await agent.get('/api/v1/plan')).body;
	expect(told).toContain('regcred');
	for (const password of Object.values(passwords)) {
		expect(told).not.toContain(password);
		expect(told).not.toContain(Buffer.from(`me:${password}`).toString('base64'));
	}
});
