import { join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { manifests } from '../manifests/files.ts';
import { rulesOf, tokenOf } from './account.ts';
import { optedIn } from './install.ts';
import { build, kubectl } from './kubectl.ts';
import { askServer } from './request.ts';

const access = inject('access');
const namespace = 'registry-probe';
let token: string;
let usual: readonly unknown[];

/** What the agent may do beyond what every service account may. */
const own = async (place = namespace) => {
	const rules = await rulesOf(access, token, place);
	return rules.filter((rule) => !usual.some((other) => JSON.stringify(other) === JSON.stringify(rule)));
};
const statusOf = async (request: string) => {
	const [method = '', path = ''] = request.split(' ');
	const body = method === 'GET' || method === 'DELETE' ? undefined : {};
	return (await askServer(access, path, { token, method, ...(body && { body }) })).status;
};

beforeAll(async () => {
	const others = ['team-b', optedIn].map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
	const made = [
		...others,
		{ apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-a' } },
		{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'nobody', namespace } },
		...['team-b', optedIn].map((place) => ({
			apiVersion: 'v1',
			kind: 'Secret',
			metadata: { name: 'login', namespace: place },
		})),
	];
	const list = { apiVersion: 'v1', kind: 'List', items: made };
	await kubectl(access, ['apply', '--filename', '-'], JSON.stringify(list));
	token = await tokenOf(access, namespace, 'registry-probe');
	usual = await rulesOf(access, await tokenOf(access, namespace, 'nobody'), namespace);
});

const always = [
	'GET /api/v1/secrets',
	'GET /api/v1/configmaps',
	'GET /api/v1/nodes',
	'GET /api/v1/namespaces',
	'GET /api/v1/nodes/node-a/proxy/pods',
	'PATCH /api/v1/nodes/node-a/status',
	'POST /api/v1/namespaces/team-b/events',
	'POST /api/v1/namespaces/team-b/pods',
	'DELETE /api/v1/namespaces/team-b/pods/app',
	'POST /api/v1/namespaces/team-b/pods/app/exec?command=sh',
	'POST /api/v1/namespaces/team-b/pods/app/eviction',
	'GET /api/v1/namespaces/team-b/pods/app/log',
	'GET /api/v1/namespaces/team-b/secrets/login',
	`GET /api/v1/namespaces/${namespace}/configmaps/registry-probe`,
	`POST /api/v1/namespaces/${namespace}/serviceaccounts/registry-probe/token`,
];

describe('the base', () => {
	test('lets the agent do nothing', async () => {
		expect(await own()).toEqual([]);
	});

	test.each([...always, 'GET /api/v1/pods', 'GET /api/v1/nodes/node-a'])('refuses %s', async (request) => {
		expect(await statusOf(request)).toBe(403);
	});
});

describe('with discovery', () => {
	beforeAll(async () => {
		const yaml = await build(access, 'base', ['components/discovery']);
		await kubectl(access, ['apply', '--filename', '-'], yaml);
	});

	test('the agent may list and watch pods and get a node, and nothing else', async () => {
		expect(await own()).toEqual([
			{ verbs: ['list', 'watch'], apiGroups: [''], resources: ['pods'] },
			{ verbs: ['get'], apiGroups: [''], resources: ['nodes'] },
		]);
	});

	test.each([
		'GET /api/v1/pods?fieldSelector=spec.nodeName%3Dnode-a',
		'GET /api/v1/pods?fieldSelector=spec.nodeName%3Dnode-a&watch=1',
		'GET /api/v1/nodes/node-a',
	])('allows %s', async (request) => {
		expect(await statusOf(request)).toBe(200);
	});

	test.each([...always, 'GET /api/v1/namespaces/team-b/pods/app', 'GET /api/v1/nodes?watch=1'])(
		'refuses %s',
		async (request) => {
			expect(await statusOf(request)).toBe(403);
		},
	);
});

describe('with discovery and explain', () => {
	beforeAll(async () => {
		const yaml = await build(access, 'base', ['components/discovery', 'components/explain']);
		await kubectl(access, ['apply', '--filename', '-'], yaml);
	});

	test('the agent may list events, too', async () => {
		expect(await own()).toContainEqual({ verbs: ['list'], apiGroups: [''], resources: ['events'] });
		const path = '/api/v1/namespaces/team-b/events?fieldSelector=involvedObject.uid%3Du';
		expect(await statusOf(`GET ${path}`)).toBe(200);
	});

	test.each([
		...always,
		'GET /api/v1/namespaces/team-b/events/app.1',
		'GET /api/v1/namespaces/team-b/events?watch=1',
		'DELETE /api/v1/namespaces/team-b/events/app.1',
	])('refuses %s', async (request) => {
		expect(await statusOf(request)).toBe(403);
	});
});

describe('with the pull secrets of one namespace', () => {
	beforeAll(async () => {
		await kubectl(access, ['apply', '--namespace', optedIn, '--kustomize', join(manifests, 'pull-secrets')]);
	});

	test('the agent may read them by name', async () => {
		expect(await statusOf(`GET /api/v1/namespaces/${optedIn}/secrets/login`)).toBe(200);
	});

	test.each([
		...always,
		`GET /api/v1/namespaces/${optedIn}/secrets`,
		`GET /api/v1/namespaces/${optedIn}/secrets?watch=1`,
		`PATCH /api/v1/namespaces/${optedIn}/secrets/login`,
		`DELETE /api/v1/namespaces/${optedIn}/secrets/login`,
	])('refuses %s', async (request) => {
		expect(await statusOf(request)).toBe(403);
	});
});
