import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { text } from 'node:stream/consumers';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { AgentProcess } from '../commands/agent.ts';
import { makeNode } from '../fakes/node.ts';

/** An address of this machine that is not loopback. */
const outside = Object.values(networkInterfaces())
	.flatMap((addresses) => addresses ?? [])
	.find(({ internal, family }) => !internal && family === 'IPv4')?.address;
const withoutOutside = outside === undefined && process.env['CI'] !== 'true';

const stack = new AsyncDisposableStack();
let agent: AgentProcess;
let port: number;

beforeAll(async () => {
	const node = stack.use(await makeNode());
	const registries = "registries: [{ name: r.test, endpoint: 'http://127.0.0.1:1' }]";
	agent = stack.use(
		new AgentProcess(`listen: 0.0.0.0:0\ninterval: 1m\nnode: { name: n, root: ${node.root} }\n${registries}\n`),
	);
	const { address } = await agent.told('agent listens');
	port = Number(String(address).split(':').at(-1));
});

afterAll(() => stack.disposeAsync());

/** Sends a head as it is and gives all that comes back. */
async function ask(from: string, ...lines: readonly string[]): Promise<string> {
	const socket = connect({ host: from, port });
	await once(socket, 'connect');
	socket.write(`${lines.join('\r\n')}\r\n\r\n`);
	return await text(socket);
}

const end = 'Connection: close';
/** The plan alone names the file of the configuration. */
const secret = () => agent.file;
const plan = '/api/v1/plan';

test('the plan is there for whoever may see it', async () => {
	expect(await ask('127.0.0.1', `GET ${plan} HTTP/1.1`, 'Host: localhost', end)).toContain(secret());
});

describe('a neighbour does not get at the plan', () => {
	const spellings = [
		'//api/v1/plan',
		'/api//v1/plan',
		'/api/v1/plan/',
		'/api/v1/plan/.',
		'/./api/v1/plan',
		'/API/V1/PLAN',
		'/%61pi/v1/plan',
		'/api%2fv1%2fplan',
		'/metrics/../api/v1/plan',
		'/metrics/..;/api/v1/plan',
		'/api/v1/plan;a',
		'/api/v1/plan%00',
		'/api/v1/plan#x',
		'\\api\\v1\\plan',
		'/healthz?/../api/v1/plan',
		'api/v1/plan',
	];
	const targets = [
		plan,
		...spellings,
		...['localhost', '127.0.0.1', '[::1]', 'localhost@x'].map((host) => `http://${host}${plan}`),
	];

	test.skipIf(withoutOutside).each(targets)('by the target %s', async (target) => {
		const said = await ask(outside ?? '', `GET ${target} HTTP/1.1`, 'Host: localhost', end);
		expect(said).toMatch(/^HTTP\/1\.1 (?:403|404|400|200)/);
		expect(said).not.toContain(secret());
	});

	const headers = [
		'X-Forwarded-For: 127.0.0.1',
		'X-Forwarded-For: ::1',
		'Forwarded: for=127.0.0.1;host=localhost',
		'X-Real-IP: 127.0.0.1',
		'X-Forwarded-Host: localhost',
		'Via: 1.1 localhost',
		'True-Client-IP: 127.0.0.1',
		'Authorization: Bearer x',
		'Authorization: Basic cm9vdDo=',
		'Cookie: admin=1',
		'Origin: http://localhost',
		'Range: bytes=0-99',
		'If-None-Match: *',
		'If-Modified-Since: Thu, 01 Jan 2099 00:00:00 GMT',
		'Upgrade: h2c',
	];

	test.skipIf(withoutOutside).each(headers)('with the header %s', async (header) => {
		const said = await ask(outside ?? '', `GET ${plan} HTTP/1.1`, 'Host: localhost', header, end);
		expect(said).toMatch(/^HTTP\/1\.1 403/);
		expect(said).not.toContain(secret());
	});

	test.skipIf(withoutOutside).each(['X-Original-URL', 'X-Rewrite-URL'])('with %s at an open path', async (name) => {
		const said = await ask(outside ?? '', 'GET /healthz HTTP/1.1', 'Host: localhost', `${name}: ${plan}`, end);
		expect(said).not.toContain(secret());
	});

	test.skipIf(withoutOutside)('in HTTP/1.0 without a Host', async () => {
		expect(await ask(outside ?? '', `GET ${plan} HTTP/1.0`)).not.toContain(secret());
	});
});

describe('a page that makes a browser come here under a name of its own does not get at the plan', () => {
	const names = [
		'evil.test',
		'localhost.evil.test',
		'evil.test:9917',
		'127.0.0.1.evil.test',
		'localhost.',
		'127.1',
		'0x7f.1',

		'localhost@evil.test',
		'evil.test@localhost',
		'[::1].evil.test',
		'[::ffff:192.0.2.1]',
		'localhost:1:2',
		'0.0.0.0',
		'localhost/',
		'localhost#',
		'localhost, evil.test',
		'[::1',
		'::1',
		'',
	];

	test.each(names)('by the name "%s"', async (name) => {
		const said = await ask('127.0.0.1', `GET ${plan} HTTP/1.1`, `Host: ${name}`, end);
		expect(said).toMatch(/^HTTP\/1\.1 4\d\d/);
		expect(said).not.toContain(secret());
	});

	test('by no name at all', async () => {
		const said = await ask('127.0.0.1', `GET ${plan} HTTP/1.0`, end);
		expect(said).toMatch(/^HTTP\/1\.1 403/);
		expect(said).not.toContain(secret());
	});

	test('with TRACE, which would say back what it sends', async () => {
		const said = await ask('127.0.0.1', `TRACE ${plan} HTTP/1.1`, 'Host: localhost', 'Cookie: canary=7f3a', end);
		expect(said).toMatch(/^HTTP\/1\.1 405/);
		expect(said).not.toContain('canary');
	});
});
