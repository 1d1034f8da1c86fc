import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { AgentProcess, until } from '../commands/agent.ts';
import { type ClusterApi, startClusterApi } from '../fakes/clusterApi.ts';
import { type HttpServer, startHttp } from '../fakes/http.ts';
import { makeNode } from '../fakes/node.ts';
import { basic, holds, user } from './canary.ts';

const canaries = {
	image: 'canary-in-an-image-7f3a',
	message: 'canary-in-a-message-7f3a',
	signature: 'canary-in-a-query-7f3a',
	team: 'canary-of-team-7f3a',
	bank: 'canary-of-bank-7f3a',
};
/** A JSON Web Token as registries give it. */
const token = ['{"alg":"RS256","typ":"JWT"}', `{"sub":"${canaries.message}"}`, 'signed-with-something']
	.map((part) => Buffer.from(part).toString('base64url'))
	.join('.');

const stack = new AsyncDisposableStack();
let api: ClusterApi;
let thief: HttpServer;
let agent: AgentProcess;

interface PodWish {
	readonly image: string;
	readonly message: string;
	readonly secrets?: readonly string[];
	readonly reason?: string;
}

function createPod(name: string, { image, message, secrets = [], reason = 'ErrImagePull' }: PodWish): void {
	const state = { waiting: { reason, message } };
	api.put('pods', {
		metadata: { name, namespace: 'team' },
		spec: {
			nodeName: 'n',
			containers: [{ name: 'app', image }],
			imagePullSecrets: secrets.map((secret) => ({ name: secret })),
		},
		status: { phase: 'Pending', containerStatuses: [{ name: 'app', image, imageID: '', state }] },
	});
}

function createSecret(namespace: string, name: string, password: string): void {
	const auths = { [`127.0.0.1:${thief.port}`]: { username: user, password }, '*': { username: user, password } };
	api.readable.add(namespace);
	api.put('secrets', {
		metadata: { name, namespace },
		type: 'kubernetes.io/dockerconfigjson',
		data: { '.dockerconfigjson': Buffer.from(JSON.stringify({ auths })).toString('base64') },
	});
}

beforeAll(async () => {
	api = stack.use(await startClusterApi());
	const node = stack.use(await makeNode());
	thief = stack.use(
		await startHttp({}, ({ headers }) =>
			headers.authorization === undefined
				? { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } }
				: { status: 403, body: headers.authorization },
		),
	);
	const host = `127.0.0.1:${thief.port}`;
	api.put('nodes', { metadata: { name: 'n' } });
	createSecret('team', 'own', canaries.team);
	for (const name of ['theirs', 'own']) createSecret('bank', name, canaries.bank);
	const refused = `failed to pull and unpack image "${host}/app:1": failed to resolve reference "${host}/app:1"`;
	const signed = `https:\\/\\/cdn.test\\/x?X-Amz-Signature=${canaries.signature}\\u0026a=b`;
	createPod('invalid', {
		image: `${user}:${canaries.image}@registry.test/team/app:1`,
		message: `Failed to apply default image tag "${user}:${canaries.image}@registry.test/team/app:1": invalid reference format`,
		reason: 'InvalidImageName',
	});
	createPod('headers', {
		image: `${host}/app:1`,
		message: `${refused}: unexpected status from HEAD request to http://${host}/v2/app/manifests/1: 403 Forbidden: Authorization: ${basic(canaries.message)} refused, Bearer ${token} too, ${signed}`,
	});
	const theirs = ['theirs', '../../bank/secrets/theirs', '..%2F..%2Fbank%2Fsecrets%2Ftheirs', 'bank/theirs'];
	createPod('stealing', {
		image: `${host}/app:2`,
		message: `${refused}: pull access denied`,
		secrets: [...theirs, 'own'],
	});
	const text = `listen: 127.0.0.1:0
interval: 1s
timeout: 1s
node: { name: n, root: ${node.root} }
registries: [{ name: configured, image: '${host}/app:1', endpoint: 'http://${host}' }]
discovery: { service_account: ${api.account} }
pull_secrets: { namespaces: [team], interval: 1s }
cluster: { events: true, condition: true, condition_after: 1s }
`;
	const environment = Object.entries(api.environment).map(([name, value]) => `${name}=${value}`);
	agent = stack.use(new AgentProcess(text, ['--log-level', 'debug'], ['env', 'NODE_NAME=n', ...environment]));
	await until(
		async () => JSON.stringify(await explained()).includes('stealing') && shown().length > 0,
		() => `no pod is explained: ${agent.errors}`,
	);
	// Some more attempts, and Events of what has been found.
	await sleep(2500);
});

afterAll(() => stack.disposeAsync());

const explained = async (): Promise<unknown> => JSON.parse((await agent.get('/api/v1/pods')).body);
const shown = () => thief.requests.flatMap(({ headers }) => headers.authorization ?? []);

test("a registry that a tenant names is shown the secret of the tenant's pod, and none of another namespace", () => {
	expect(new Set(shown())).toEqual(new Set([basic(canaries.team)]));
});

test('no name of a Secret leads the agent into another namespace', () => {
	const asked = api.requests.map(({ path }) => path).filter((path) => path.includes('/secrets'));
	expect(asked.length).toBeGreaterThan(0);
	expect(asked.filter((path) => !/^\/api\/v1\/namespaces\/team\/secrets\/(?:own|theirs)\?/.test(path))).toEqual([]);
});

test.each(['/metrics', '/', '/api/v1/pods', '/api/v1/observations', '/api/v1/plan'])(
	'what tenants and runtimes write is at %s without what is secret in it',
	async (path) => {
		const { body } = await agent.get(path);
		expect(body.length).toBeGreaterThan(100);
		for (const canary of Object.values(canaries)) expect(holds(body, canary)).toBe(false);
	},
);

test('nor is it in the log', () => {
	expect(agent.errors).toContain('stage fails');
	for (const canary of Object.values(canaries)) expect(holds(agent.errors + agent.output, canary)).toBe(false);
});

test('nor in the Events and conditions that are written to the cluster', () => {
	const written = api.requests.filter(({ method }) => method !== 'GET').map(({ body }) => body);
	expect(written.length).toBeGreaterThan(0);
	for (const canary of Object.values(canaries)) expect(holds(written.join('\n'), canary)).toBe(false);
});
