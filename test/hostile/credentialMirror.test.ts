import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { type HttpServer, startHttp } from '../fakes/http.ts';
import { json } from '../fakes/reply.ts';
import { makeNode, type Node } from '../fakes/node.ts';
import { basic, user } from './canary.ts';
import { runCommand } from './commandRun.ts';

const certificates = '/etc/containerd/certs.d';
const configToml = `version = 3\n[plugins."io.containerd.cri.v1.images".registry]\n  config_path = "${certificates}"\n`;
const passwords = { registry: 'canary-of-the-registry-7f3a', mirror: 'canary-of-the-mirror-7f3a' };

const stack = new AsyncDisposableStack();
let registry: HttpServer;
let mirror: HttpServer;
let node: Node;

/** Wants a login and is content with none. */
const greedy = () =>
	startHttp({}, ({ headers }) =>
		headers.authorization === undefined
			? { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } }
			: json(403, { errors: [{ code: 'DENIED', message: 'no' }] }),
	);
const hostOf = ({ port }: HttpServer) => `127.0.0.1:${port}`;
const login = (password: string) => ({ username: user, password });
const shownTo = ({ requests }: HttpServer) => new Set(requests.flatMap(({ headers }) => headers.authorization ?? []));

beforeAll(async () => {
	registry = stack.use(await greedy());
	mirror = stack.use(await greedy());
	const files = {
		'/etc/containerd/config.toml': configToml,
		[`${certificates}/${hostOf(registry)}/hosts.toml`]: `[host."http://${hostOf(mirror)}"]\n`,
	};
	node = stack.use(await makeNode({ files }));
	const runtime = 'containerd/2.2.1';
	const entry = `name: app, image: '${hostOf(registry)}/team/app:1', credentials: { file: login.json }`;
	await node.write(
		'/config.yaml',
		`timeout: 2s\nproxy: none\nnode: { name: n, root: ${node.root}, runtime: ${runtime} }\nregistries: [{ ${entry} }]\n`,
	);
});

afterAll(() => stack.disposeAsync());

async function check(auths: Readonly<Record<string, object>>): Promise<void> {
	await node.write('/login.json', JSON.stringify({ auths }));
	const { stdout } = await runCommand('check', '--config', join(node.root, 'config.yaml'), '--output', 'json');
	expect(stdout).toContain(`"host": "${hostOf(mirror)}"`);
}

test("a mirror that wants a login is not shown the registry's, though containerd would", async () => {
	await check({ [hostOf(registry)]: login(passwords.registry), app: login(passwords.registry) });
	expect(mirror.requests.length).toBeGreaterThan(0);
	expect(shownTo(mirror)).toEqual(new Set());
	expect(shownTo(registry)).toEqual(new Set([basic(passwords.registry)]));
});

test('it is shown the one that stands in the file for its own host', async () => {
	await check({ [hostOf(registry)]: login(passwords.registry), [hostOf(mirror)]: login(passwords.mirror) });
	expect(shownTo(mirror)).toEqual(new Set([basic(passwords.mirror)]));
	expect(shownTo(registry)).toEqual(new Set([basic(passwords.registry)]));
});
