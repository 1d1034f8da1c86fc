import { afterAll, beforeAll, expect, test } from 'vitest';

import { startServer } from '../cluster/apiServer.ts';
import { AgentProcess } from '../commands/agent.ts';
import type { HttpServer } from '../fakes/http.ts';
import { makeNode, type Node } from '../fakes/node.ts';
import { json } from '../fakes/reply.ts';
import { Directory } from '../real/directory.ts';
import { holds } from './canary.ts';

const secret = 'opaque-canary5c81d0e7';
const account = new Directory();
let api: HttpServer;
let node: Node;

beforeAll(async () => {
	node = await makeNode();
	const { server, access } = await startServer(({ headers }) =>
		json(401, { kind: 'Status', code: 401, message: `not accepted: ${headers.authorization?.slice(7)}` }),
	);
	api = server;
	account.write('token', secret);
	account.write('ca.crt', (await access.identity()).ca);
});

afterAll(async () => {
	account[Symbol.dispose]();
	await Promise.all([node.remove(), api.close()]);
});

test("an API server that says back the agent's own token does not have it logged", async () => {
	const discovery = `{ service_account: ${account.path} }`;
	const cluster = '{ condition: true, events: true }';
	await using agent = new AgentProcess(
		`listen: 127.0.0.1:0\nnode: { name: n, root: ${node.root} }\nregistries: []\ncluster: ${cluster}\ndiscovery: ${discovery}\n`,
		['--log-level', 'debug'],
		['env', 'NODE_NAME=n', 'KUBERNETES_SERVICE_HOST=127.0.0.1', `KUBERNETES_SERVICE_PORT=${api.port}`],
	);
	const said = { detail: 'status 401: not accepted: REDACTED' };
	expect(await agent.told('the Kubernetes API cannot be asked')).toMatchObject(said);
	expect(await agent.told('the node cannot be read')).toMatchObject(said);
	expect(api.requests.at(-1)?.headers.authorization).toBe(`Bearer ${secret}`);
	for (const path of ['/', '/metrics', '/api/v1/plan']) expect(holds((await agent.get(path)).body, secret)).toBe(false);
	expect(holds(agent.errors, secret)).toBe(false);
});
