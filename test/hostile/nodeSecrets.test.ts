import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { AgentProcess, until } from '../commands/agent.ts';
import { makeProvider } from '../fakes/credentialProvider.ts';
import type { Override } from '../fakes/http.ts';
import { makeNode } from '../fakes/node.ts';
import { startRegistry } from '../fakes/registry.ts';
import { json } from '../fakes/reply.ts';
import { config } from '../plan/containerd/facts.ts';
import { runCommand } from './commandRun.ts';
import { givenAway, planted } from './planted.ts';

/** Wants a login, and says back what it was shown. */
const echoes: Override = ({ headers: { authorization } }) => {
	if (authorization === undefined) return { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } };
	const decoded = Buffer.from(authorization.split(' ')[1] ?? '', 'base64').toString();
	return json(403, { errors: [{ code: 'DENIED', message: `no entry for ${authorization} ${decoded}` }] });
};

const directory = '/etc/eks/image-credential-provider';
const provider = (name: string, host: string) => ({
	name,
	apiVersion: 'credentialprovider.kubelet.k8s.io/v1',
	matchImages: [host],
	defaultCacheDuration: '1h',
	args: [`--token=${planted.providerSetting}`],
	env: [{ name: 'TOKEN', value: planted.providerSetting }],
	unknown: planted.providerSetting,
});

describe('secrets that the node has', () => {
	const stack = new AsyncDisposableStack();
	const registries: Awaited<ReturnType<typeof startRegistry>>[] = [];
	let agent: AgentProcess;

	beforeAll(async () => {
		const node = stack.use(await makeNode());
		for (let at = 0; at < 4; at++) registries.push(stack.use(await startRegistry({ respond: echoes })));
		const [inFile = '', byProvider = '', printed = '', crashing = ''] = registries.map(
			({ origin }) => new URL(origin()).host,
		);
		const auth = Buffer.from(`${planted.user}:${planted.nodePassword}`).toString('base64');
		await node.write('/var/lib/kubelet/config.json', `{"auths":{"${inFile}":{"auth":"${auth}"}}}`);
		const login = { username: planted.user, password: planted.provided };
		await makeProvider(join(node.root, directory, 'good'), `answer(${JSON.stringify({ [byProvider]: login })});`);
		const leaks = `process.stderr.write('${planted.providerPrinted}'); print('${planted.providerPrinted}');`;
		await makeProvider(join(node.root, directory, 'printing'), leaks);
		await makeProvider(join(node.root, directory, 'crashing'), `${leaks} process.exit(1);`);
		const providers = [provider('good', byProvider), provider('printing', printed), provider('crashing', crashing)];
		const configuration = { apiVersion: 'kubelet.config.k8s.io/v1', kind: 'CredentialProviderConfig', providers };
		await node.write(`${directory}/config.json`, JSON.stringify(configuration));
		await node.write('/usr/bin/containerd', '');
		await node.write('/etc/containerd/config.toml', config);
		const split = `http://127.0.0.1:1/${planted.nodePassword}@m.test`;
		const headed = `[host."http://127.0.0.1:2".header]\n"Authorization: Basic ${auth}" = ""\n`;
		await node.write(
			`/etc/containerd/certs.d/${inFile}/hosts.toml`,
			`[host."${split}"]\n[host."${split}/hub"]\n${headed}`,
		);
		const entries = [inFile, byProvider, printed, crashing].map(
			(host) => `  - { name: '${host}', image: '${host}/team/app:1', credentials: node }`,
		);
		const text = [
			'listen: 127.0.0.1:0',
			'interval: 1s\nproxy: none',
			`node: { name: node-1, root: ${node.root}, runtime: containerd/2.4.2, credential_providers: run }`,
			'registries:',
			...entries,
			'',
		].join('\n');
		agent = stack.use(new AgentProcess(text, ['--log-level', 'debug']));
		await until(
			async () =>
				(await agent.get('/metrics')).body.split('registry_probe_credential_provider_failures_total{').length > 3,
			() => `not all providers ran: ${agent.errors}`,
			30,
		);
		await until(
			async () => ((await agent.value('registry_probe_attempts_total{', `registry="${byProvider}"`)) ?? 0) > 0,
			() => `not all were tried: ${agent.errors}`,
			30,
		);
	});

	afterAll(() => stack.disposeAsync());

	test('were sent, so that there is something to give away', async () => {
		const sent = () =>
			registries.flatMap(({ requests }) => requests.map(({ headers }) => headers.authorization ?? '')).join();
		await expect.poll(() => givenAway(sent()).toSorted(), { timeout: 10_000 }).toEqual(['nodePassword', 'provided']);
	});

	test.each(['/metrics', '/', '/api/v1/observations', '/api/v1/plan'])('are not at %s', async (path) => {
		const { body } = await agent.get(path);
		expect(body).toContain('127.0.0.1');
		expect(givenAway(body)).toEqual([]);
	});

	test('are not in the labels of hosts whose password has a slash', async () => {
		const labels = async () => new Set((await agent.get('/metrics')).body.match(/host="127[^"]*RED[^"]*"/g));
		const expected = new Set(['host="127.0.0.1:1/REDACTED"', 'host="127.0.0.1:1/REDACTED#2"']);
		await expect.poll(labels, { timeout: 10_000 }).toEqual(expected);
		expect((await agent.get('/api/v1/observations')).body).toContain('with a name that is not shown cannot be sent');
	});

	test('are not in the log, where failing providers are told', () => {
		expect(agent.errors).toContain('credential provider fails');
		expect(givenAway(agent.errors + agent.output)).toEqual([]);
	});

	test.each(['check', 'check --verbose', 'check --output json', 'plan', 'plan --output json', 'config'])(
		'are not printed by %s',
		async (words) => {
			const { stdout, stderr } = await runCommand(...words.split(' '), '--config', agent.file);
			expect(stdout.length + stderr.length).toBeGreaterThan(10);
			expect(givenAway(stdout + stderr)).toEqual([]);
		},
	);
});
