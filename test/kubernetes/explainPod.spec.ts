import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { PodExplanation } from '../../src/explain/podExplanation.ts';
import type { ExplainPodDocument } from '../../src/views/podJson.ts';
import { registryProbe } from '../commands/command.ts';
import { aPod } from '../views/podExplanations.ts';
import { type FleetPull, observationsOf } from './fleetDocuments.ts';
import { create } from './create.ts';
import { type FleetWorld, makeFleetWorld } from './fleetWorld.ts';
import { askServer } from './request.ts';

const image = 'ghcr.io/acme/cart:2.41';
const refused = `Failed to pull image "${image}": rpc error: code = Unknown desc = failed to pull and unpack image "${image}": failed to resolve image: failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://ghcr.io/token?scope=repository%3Aacme%2Fcart%3Apull&service=ghcr.io: 401 Unauthorized`;
let world: FleetWorld;
let uid: string;

const fine: readonly FleetPull[] = [{ registry: 'ghcr.io' }, { registry: 'docker.io', host: 'registry-1.docker.io' }];

beforeAll(async () => {
	world = await makeFleetWorld(inject('programs'));
	await create(world.access, '/api/v1/namespaces', { kind: 'Namespace', metadata: { name: 'shop' } });
	await create(world.access, '/api/v1/namespaces/shop/serviceaccounts', {
		kind: 'ServiceAccount',
		metadata: { name: 'default' },
	});
	uid = await brokenPod('cart-7d9f', 'node-a');
	await brokenPod('cart-lost', 'node-b');
	await brokenPod('cart-mute', 'node-c');
	const agent = (name: string) => ({ '/api/v1/observations': observationsOf(name, fine) });
	await world.add([
		{
			name: 'node-a',
			zone: 'eu-1a',
			agent: { ...agent('node-a'), '/api/v1/pods': pods(aPod({ uid }, Math.floor(Date.now() / 1000))) },
		},
		{ name: 'node-b', zone: 'eu-1a', agent: 'none' },
		{ name: 'node-c', zone: 'eu-1b', agent: 'silent' },
		{ name: 'node-d', zone: 'eu-1b', agent: { ...agent('node-d'), '/api/v1/pods': pods() } },
		{ name: 'node-e', zone: 'eu-1b', agent: agent('node-e') },
	]);
}, 180_000);

afterAll(async () => {
	await world[Symbol.asyncDispose]();
});

const pods = (...explanations: readonly PodExplanation[]) => ({
	version: 1,
	node: 'node-a',
	syncedAt: Date.now() / 1000,
	pods: explanations,
});

/** A pod whose image does not come, with the event that the kubelet writes. Gives its uid. */
async function brokenPod(name: string, node: string): Promise<string> {
	const path = '/api/v1/namespaces/shop/pods';
	const spec = { nodeName: node, containers: [{ name: 'web', image }] };
	const waiting = {
		reason: 'ImagePullBackOff',
		message: `Back-off pulling image "${image}": ErrImagePull: ${refused}`,
	};
	await create(
		world.access,
		path,
		{ kind: 'Pod', metadata: { name }, spec },
		{
			phase: 'Pending',
			containerStatuses: [{ name: 'web', image, imageID: '', restartCount: 0, ready: false, state: { waiting } }],
		},
	);
	const created = JSON.parse((await askServer(world.access, `${path}/${name}`)).body) as { metadata: { uid: string } };
	const at = new Date(Math.floor(Date.now() / 1000) * 1000).toISOString().replace('.000', '');
	await create(world.access, '/api/v1/namespaces/shop/events', {
		kind: 'Event',
		metadata: { name: `${name}.1` },
		involvedObject: {
			apiVersion: 'v1',
			kind: 'Pod',
			namespace: 'shop',
			name,
			uid: created.metadata.uid,
			fieldPath: 'spec.containers{web}',
		},
		reason: 'Failed',
		message: refused,
		type: 'Warning',
		count: 3,
		firstTimestamp: at,
		lastTimestamp: at,
		source: { component: 'kubelet', host: node },
	});
	return created.metadata.uid;
}

const explain = (...args: readonly string[]) =>
	registryProbe(['explain', '--kubeconfig', world.access.kubeconfig, '--agent-timeout', '3s', ...args], {
		LANG: 'C.UTF-8',
		TZ: 'UTC',
	});

async function documentOf(...args: readonly string[]) {
	const { code, stdout, stderr } = await explain(...args, '--output', 'json');
	const document = JSON.parse(stdout) as ExplainPodDocument;
	const schema = (name: string) => JSON.parse(readFileSync(`docs/${name}.schema.json`, 'utf8')) as object;
	const ajv = new Ajv2020({ strict: true, formats: { 'date-time': true } });
	const validate = ajv.addSchema(schema('pods'), 'pods.schema.json').compile(schema('explain-pod'));
	validate(document);
	expect({ stderr, errors: validate.errors ?? [] }).toEqual({ stderr: '', errors: [] });
	return { code, document };
}

test('the agent of the node tells the cause, others whether it is only there', async () => {
	const { code, stdout, stderr } = await explain('shop/cart-7d9f');
	expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
	expect(stdout.replace(/\b(?:\d\d-\d\d )?\d\d:\d\d\b/g, '10:42')).toMatchInlineSnapshot(`
		"✗ shop/cart-7d9f on node-a: container web cannot pull ghcr.io/acme/cart:2.41
		  since 10:42 (18 min, 7 tries)

		  Cause     credentials: the pull secret shop/regcred is rejected.
		  Evidence  10:42  kubelet      failed to fetch oauth token: unexpected status
		                                from GET request: 401 Unauthorized
		            10:42  this image   this image with that secret from this node: 401
		                   other nodes  ghcr.io anonymously from 41 other nodes: ok
		  Elsewhere ghcr.io works from this node and from both other nodes that were
		            asked.
		  Changed   10:42  Secret shop/regcred updated
		  Do        kubectl -n shop create secret docker-registry regcred \\
		            --docker-server=ghcr.io --dry-run=client -o yaml
		            The kubelet tries again within 5 min; delete the pod to try at once.
		  More      docs/runbook.md#auth_rejected

		  Unknown   1 of 4 agents did not answer whether it is only here.
		"
	`);
});

test('programs get the same', async () => {
	const { code, document } = await documentOf('shop/cart-7d9f');
	expect(code).toBe(1);
	expect(document).toMatchObject({
		node: 'node-a',
		agent: { state: 'answered' },
		explanations: [{ cause: 'credentials', reason: 'auth_rejected' }],
		elsewhere: [{ registry: 'ghcr.io', here: { success: true }, others: 2, working: 2 }],
	});
});

test.each([
	['shop/cart-lost', 'absent'],
	['shop/cart-mute', 'silent'],
])('without an agent that answers, %s is read from the kubelet alone, and that is said', async (pod, state) => {
	const { code, document } = await documentOf(pod);
	expect(code).toBe(1);
	expect(document).toMatchObject({
		agent: { state },
		explanations: [{ cause: 'credentials', explained: 'unknown', reason: 'auth_rejected' }],
	});
	expect((await explain(pod)).stdout).toMatch(/kubelet's\s+words\s+alone/);
});

test('a pod that is not there is no pod', async () => {
	const ended = await explain('shop/nobody');
	expect(ended).toMatchObject({
		code: 2,
		stdout: '',
		stderr: 'registry-probe: there is no pod nobody in the namespace shop\n',
	});
});

test('a pod without a fault is well', async () => {
	const { code, document } = await documentOf('registry-probe/agent-node-d');
	expect({ code, explanations: document.explanations }).toEqual({ code: 0, explanations: [] });
});
