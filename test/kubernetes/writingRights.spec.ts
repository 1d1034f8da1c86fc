import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import { rulesOf, tokenOf } from './account.ts';
import { type ControlPlane, startControlPlane } from './controlPlane.ts';
import { build, kubectl } from './kubectl.ts';
import { askServer } from './request.ts';

const namespace = 'registry-probe';
let plane: ControlPlane;
let token: string;
let usual: readonly unknown[];

beforeAll(async () => {
	plane = await startControlPlane(inject('programs'));
	await install([]);
	await kubectl(plane.access, ['create', 'serviceaccount', 'nobody', '--namespace', namespace]);
	token = await tokenOf(plane.access, namespace, 'registry-probe');
	usual = await rulesOf(plane.access, await tokenOf(plane.access, namespace, 'nobody'), namespace);
}, 180_000);

afterAll(() => plane[Symbol.asyncDispose]());

async function install(components: readonly string[]): Promise<void> {
	await kubectl(plane.access, ['apply', '--filename', '-'], await build(plane.access, 'base', components));
}

/** What the agent may do beyond what every service account may. */
const own = async () => {
	const rules = await rulesOf(plane.access, token, namespace);
	return rules.filter((rule) => !usual.some((other) => JSON.stringify(other) === JSON.stringify(rule)));
};

const writing = {
	events: {
		rules: [{ verbs: ['create', 'patch'], apiGroups: ['events.k8s.io'], resources: ['events'] }],
		refused: [
			'GET /apis/events.k8s.io/v1/events',
			'GET /apis/events.k8s.io/v1/namespaces/default/events/a',
			'DELETE /apis/events.k8s.io/v1/namespaces/default/events/a',
			'DELETE /apis/events.k8s.io/v1/namespaces/default/events',
			'POST /api/v1/namespaces/default/events',
			'PATCH /api/v1/nodes/node-a/status',
			'GET /api/v1/pods',
		],
	},
	'node-condition': {
		rules: [{ verbs: ['patch'], apiGroups: [''], resources: ['nodes/status'] }],
		refused: [
			'GET /api/v1/nodes',
			'GET /api/v1/nodes/node-a',
			'GET /api/v1/nodes/node-a/status',
			'PATCH /api/v1/nodes/node-a',
			'PUT /api/v1/nodes/node-a/status',
			'DELETE /api/v1/nodes/node-a',
			'POST /apis/events.k8s.io/v1/namespaces/default/events',
			'GET /api/v1/pods',
		],
	},
	authentication: {
		rules: [
			{ verbs: ['create'], apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'] },
			{ verbs: ['create'], apiGroups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'] },
		],
		refused: [
			'GET /api/v1/nodes/node-a',
			'GET /api/v1/pods',
			'GET /apis/rbac.authorization.k8s.io/v1/clusterroles',
			'POST /apis/certificates.k8s.io/v1/certificatesigningrequests',
			`GET /api/v1/namespaces/${namespace}/secrets/registry-probe-tls`,
			`POST /api/v1/namespaces/${namespace}/serviceaccounts/registry-probe/token`,
		],
	},
} as const;

describe.each(Object.entries(writing))('with %s', (name, { rules, refused }) => {
	beforeAll(async () => await install([`components/${name}`]));

	afterAll(async () => {
		const binding = ['delete', 'clusterrolebinding', `registry-probe-${name}`];
		await kubectl(plane.access, binding);
	});

	test('the agent may do this, and nothing else', async () => {
		await expect.poll(own).toEqual(rules);
	});

	test.each(refused)('refuses %s', async (request) => {
		const [method = '', path = ''] = request.split(' ');
		const sent = { token, method, ...(method !== 'GET' && { body: {} }) };
		expect((await askServer(plane.access, path, sent)).status).toBe(403);
	});
});

/** Those that need the definitions of an operator aside. */
const components = ['discovery', 'explain', ...Object.keys(writing)];

test('what is removed leaves nothing in the cluster', async () => {
	const every = components.map((name) => `components/${name}`);
	const yaml = await build(plane.access, 'base', every);
	const kinds = 'clusterroles,clusterrolebindings,validatingadmissionpolicies,validatingadmissionpolicybindings';
	const list = ['get', `${kinds},priorityclasses`, '--selector=app.kubernetes.io/name=registry-probe', '--output=name'];
	await kubectl(plane.access, ['apply', '--filename', '-'], yaml);
	expect((await kubectl(plane.access, list)).stdout.trim().split('\n').length).toBeGreaterThan(10);
	await kubectl(plane.access, ['delete', '--wait=false', '--filename', '-'], yaml);
	await expect.poll(async () => (await kubectl(plane.access, list)).stdout, { timeout: 30_000 }).toBe('');
}, 60_000);
