import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { ExplainPodDocument } from '../../src/views/podJson.ts';
import { AgentProcess, until } from '../commands/agent.ts';
import { registryProbe } from '../commands/command.ts';
import { createAuthority } from '../fakes/authority.ts';
import { makeImage } from '../fakes/image.ts';
import { makeNode } from '../fakes/node.ts';
import { startRegistry } from '../fakes/registry.ts';
import { manifests } from '../manifests/files.ts';
import { makeFleet } from './fleet.ts';
import { observationsOf } from './fleetDocuments.ts';
import { kubectl } from './kubectl.ts';
import { failPull } from './kubelet.ts';
import { makePodWorld, namespace, type PodWorld } from './podWorld.ts';

const stack = new AsyncDisposableStack();
const passwords = { good: 'planted-good-77c1', expired: 'planted-expired-04be' };
let world: PodWorld;
let host: string;
let image: string;

beforeAll(async () => {
	const authority = await createAuthority();
	const { key, chain: cert } = await authority.issue({ names: ['guarded.example'] });
	const images = { 'team/app': { 1: makeImage() }, 'library/busybox': { latest: makeImage() } };
	const auth = { basic: { user: 'me', password: passwords.good } };
	const registry = await startRegistry({ tls: { key, cert }, images, auth });
	stack.defer(() => registry.close());
	host = `guarded.example:${registry.port}`;
	image = `${host}/team/app:1`;
	const node = stack.use(await makeNode({ hosts: { 'guarded.example': '127.0.0.1' }, bundle: authority.pem }));
	world = stack.use(await makePodWorld(inject('programs'), ['components/discovery', 'components/explain']));
	const { access } = world.plane;
	await kubectl(access, ['apply', '--namespace', namespace, '--kustomize', join(manifests, 'pull-secrets')]);
	const login = [`--docker-server=${host}`, '--docker-username=me', `--docker-password=${passwords.expired}`];
	await kubectl(access, ['create', 'secret', 'docker-registry', 'regcred', '--namespace', namespace, ...login]);
	const configuration = `
listen: 127.0.0.1:0
interval: 2s
timeout: 1s
node: { name: node-a, root: ${node.root} }
registries: []
discovery: { service_account: ${world.account} }
pull_secrets: { namespaces: [${namespace}] }
`;
	const agent = stack.use(new AgentProcess(configuration, [], world.pod));
	const ready = () => Promise.resolve(agent.lines('agent listens').length > 0);
	await until(ready, () => agent.errors);
	const [line] = agent.lines('agent listens');
	const [, port = ''] = /:(\d+)$/.exec(String(line?.['address'])) ?? [];
	const fleet = stack.use(await makeFleet(access));
	const well = (name: string) => ({
		name,
		zone: 'zone-2',
		agent: { '/api/v1/observations': observationsOf(name, [{ registry: host }]) },
	});
	await fleet.add([{ name: 'node-a', agent: `127.0.0.1:${Number(port)}` }, well('node-b'), well('node-c')]);
}, 180_000);

afterAll(() => stack.disposeAsync());

const explain = (pod: string, ...args: readonly string[]) =>
	registryProbe(['explain', `${namespace}/${pod}`, '--kubeconfig', world.plane.access.kubeconfig, ...args], {
		LANG: 'C.UTF-8',
	});

test('a real agent tells a person far away which secret is refused, and what to do', async () => {
	const text = `failed to pull and unpack image "${image}": failed to resolve image: unexpected status from HEAD request to https://${host}/v2/team/app/manifests/1: 401 Unauthorized`;
	await failPull(world, 'expired', { image, text, pullSecrets: ['regcred'] });
	let document: ExplainPodDocument | undefined;
	const probed = async () => {
		document = JSON.parse((await explain('expired', '--output', 'json')).stdout) as ExplainPodDocument;
		return document.explanations[0]?.explained === 'image';
	};
	await until(probed, () => JSON.stringify(document), 60);
	expect(document).toMatchObject({
		node: 'node-a',
		agent: { state: 'answered' },
		explanations: [
			{ cause: 'credentials', reason: 'auth_rejected', pullSecrets: [{ name: 'regcred', success: false }] },
		],
		elsewhere: [{ registry: host, others: 2, working: 2 }],
	});
	const { code, stdout } = await explain('expired');
	expect(code).toBe(1);
	expect(stdout).toContain(`the pull secret ${namespace}/regcred is rejected`);
	expect(stdout).toMatch(/kubectl -n team\s+create secret docker-registry regcred/);
	for (const password of Object.values(passwords)) expect(stdout + JSON.stringify(document)).not.toContain(password);
}, 120_000);

test('a pod that runs is well, and the agent says so', async () => {
	await world.createPod('well', { image });
	const { code, stdout } = await explain('well');
	expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('no container waits') });
});
