import { afterAll, beforeAll, expect, test } from 'vitest';

import { decodeAuth } from '../../src/registry/dockerAuth.ts';
import { type HttpServer, type ReceivedRequest, startHttp } from '../fakes/http.ts';
import { json } from '../fakes/reply.ts';
import { Directory } from '../real/directory.ts';
import { basic, holds, user } from './canary.ts';
import { runCommand } from './commandRun.ts';

const secret = 'canary5c81d0e7';

/** What a careless server says of what it was shown. */
const echoes = {
	'the header': ({ headers }) => `refused: ${headers.authorization}`,
	'what stands in the header': ({ headers }) => `not known: ${headers.authorization?.split(' ')[1]}`,
	'user and password': ({ headers }) => `no user ${shown(headers.authorization)}`,
	'the password': ({ headers }) => `wrong password "${shown(headers.authorization).split(':')[1]}"`,
} satisfies Record<string, (request: ReceivedRequest) => string>;

type Echo = keyof typeof echoes;

const shown = (header = ''): string => {
	const login = decodeAuth(header.replace('Basic ', ''));
	return login ? `${login.username}:${login.password.reveal()}` : header;
};

const directory = new Directory();
let said: Echo = 'the header';
let server: HttpServer;

beforeAll(async () => {
	server = await startHttp({}, (request) => {
		const message = echoes[said](request);
		if (request.path.startsWith('/warns')) return json(200, warning(message, shown(request.headers.authorization)));
		return json(401, request.path.startsWith('/api/v1/query') ? { status: 'error', error: message } : { message });
	});
});

afterAll(async () => {
	directory[Symbol.dispose]();
	await server.close();
});

const warning = (message: string, node: string) => ({
	status: 'success',
	warnings: [message],
	data: {
		resultType: 'vector',
		result: [{ metric: { __name__: 'registry_probe_pull_success', node, registry: 'r.test' }, value: [1, '1'] }],
	},
});

const kubeconfig = (login: object, cluster: object = {}) =>
	JSON.stringify({
		apiVersion: 'v1',
		kind: 'Config',
		'current-context': 'c',
		contexts: [{ name: 'c', context: { cluster: 'k', user: 'u' } }],
		clusters: [{ name: 'k', cluster: { server: server.origin(), 'insecure-skip-tls-verify': true, ...cluster } }],
		users: [{ name: 'u', user: login }],
	});

/** Asks with this kubeconfig; what stands on standard error. */
async function asked(text: string): Promise<string> {
	const file = directory.write('kubeconfig', text);
	const { code, stdout, stderr } = await runCommand('cluster', '--kubeconfig', file, '--timeout', '20s');
	expect(holds(stdout + stderr, secret)).toBe(false);
	expect([2, 3]).toContain(code);
	expect(stderr.trimEnd().split('\n')).toHaveLength(1);
	return stderr;
}

const program = (name: string, script: string) => {
	const path = directory.write(name, `#!/bin/sh\n${script}\n`);
	return { path, run: { command: '/bin/sh', args: [path] } };
};

test.each<[string, Echo, object]>([
	['a token', 'the header', { token: secret }],
	['a token', 'what stands in the header', { token: secret }],
	['a login', 'what stands in the header', { username: user, password: secret }],
	['a login', 'user and password', { username: user, password: secret }],
	['a login', 'the password', { username: user, password: secret }],
	[
		'a token of a plug-in',
		'what stands in the header',
		{ exec: { command: '/bin/sh', args: ['-c', `echo '{"status":{"token":"${secret}"}}'`] } },
	],
])('an API server that says back of %s %s does not have it shown', async (_, echo, login) => {
	said = echo;
	expect(await asked(kubeconfig(login))).toMatch(/status 401: .*REDACTED/);
});

test('a login in the address of the API server is not shown when it is said back', async () => {
	said = 'the password';
	const address = server.origin().replace('//', `//${user}:${secret}@`);
	expect(await asked(kubeconfig({}, { server: address }))).toContain('wrong password "REDACTED"');
});

test.each(Object.keys(echoes) as Echo[])('a Prometheus that says back %s does not have it shown', async (echo) => {
	said = echo;
	const prometheus = server.origin().replace('//', `//${user}:${secret}@`);
	const refused = await runCommand('cluster', '--prometheus', prometheus);
	const warned = await runCommand('cluster', '--prometheus', `${prometheus}/warns`, '--output', 'json');
	expect(server.requests.at(-1)?.headers.authorization).toBe(basic(secret));
	expect([refused.code, warned.code]).toEqual([3, 0]);
	expect(refused.stderr).toMatch(/Prometheus answers 401: .*REDACTED/);
	expect(warned.stdout).toMatch(/"node": "(robot:)?REDACTED"/);
	expect(warned.stdout).toMatch(/Prometheus warns: .*REDACTED/);
	for (const { stdout, stderr } of [refused, warned]) expect(holds(stdout + stderr, secret)).toBe(false);
});

test('a login for Prometheus that is not percent-encoded is a fault of usage, and not repeated', async () => {
	const ended = await runCommand('cluster', '--prometheus', `http://${user}:%zz${secret}@127.0.0.1:1`);
	expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('write % as %25') });
	expect(holds(ended.stderr, secret)).toBe(false);
});

test.each([
	['prints the token alone', `echo ${secret}`],
	['prints something else', `echo '{"token":"${secret}"}'`],
	['ends with words of its own', `echo 'token ${secret} has expired' >&2; exit 1`],
])('a plug-in that %s is not repeated', async (_, script) => {
	const { run } = program('plugin', script);
	expect(await asked(kubeconfig({ exec: run }))).toContain('the plug-in "/bin/sh" of the kubeconfig gives no login');
});

test('a plug-in that is not there is named, and what it would be told is not', async () => {
	const exec = { command: '/nowhere/login', args: [secret] };
	expect(await asked(kubeconfig({ exec }))).toContain(
		'the plug-in "/nowhere/login" of the kubeconfig gives no login (ENOENT)',
	);
});

test('a plug-in of gcp that prints the token alone is not repeated', async () => {
	const { path } = program('gcp', `echo ${secret}`);
	const config = { 'cmd-path': '/bin/sh', 'cmd-args': path, 'token-key': '{.x}', 'expiry-key': '{.y}' };
	const login = { 'auth-provider': { name: 'gcp', config } };
	expect(await asked(kubeconfig(login))).toContain('the plug-in "gcp" of the kubeconfig gives no login');
});

test('a token in the place of its file is not repeated', async () => {
	const login = { 'auth-provider': { name: 'tokenFile', config: { tokenFile: secret } } };
	expect(await asked(kubeconfig(login))).toContain(
		'a file that the kubeconfig names for its login cannot be read (ENOENT)',
	);
});

test.each([
	['env', { command: 'login', env: { TOKEN: secret } }],
	['env', { command: 'login', env: [secret] }],
	['args', { command: 'login', args: secret }],
])('a plug-in with %s that is no list is a fault of the kubeconfig: %#', async (field, exec) => {
	expect(await asked(kubeconfig({ exec }))).toContain(`exec.${field} of the user in the kubeconfig is no list`);
});

test.each([
	['an alias', `*${secret}`],
	['a tag', `!${secret}`],
	['a tag of a handle', `!x!${secret}`],
	['a broken text', `"\\q${secret}"`],
])('a token that reads like %s of YAML is not repeated', async (_, token) => {
	const text = kubeconfig({ token: 'TOKEN' }).replace('"TOKEN"', token);
	expect(await asked(text)).toMatch(/the kubeconfig \S+ is no YAML \(1:\d+\)$/m);
});
