import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Target } from '../../src/plan/target.ts';
import type { Observation } from '../../src/probe/observation.ts';
import { createAuthority } from '../fakes/authority.ts';
import type { Tls } from '../fakes/acceptor.ts';
import { makeImage } from '../fakes/image.ts';
import * as misbehaving from '../fakes/misbehaving.ts';
import { registryError } from '../fakes/registryError.ts';
import { html, type Answer, type Reply } from '../fakes/reply.ts';
import { makePlain, type Plain } from './plain.ts';
import { attempt, names, recordOf, verdict } from './world.ts';

let plain: Plain;
let tls: Tls;
let bundle: string;
beforeAll(async () => {
	plain = await makePlain();
	const authority = await createAuthority();
	const { key, chain } = await authority.issue({ names: [names.registry] });
	tls = { key, cert: chain };
	bundle = authority.pem;
});
afterAll(() => plain[Symbol.asyncDispose]());

const dribbled = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';

describe.each<[string, boolean]>([
	['in plain HTTP', false],
	['over TLS', true],
])('what the server does with the request, %s', (_how, secure) => {
	test.concurrent.each<[string, misbehaving.Misbehaviour, string]>([
		['says nothing', misbehaving.silent, 'http_timeout'],
		['answers too slowly', misbehaving.dribbles(dribbled, 100), 'http_timeout'],
		['closes at once', misbehaving.closes, 'http_closed'],
		['closes', misbehaving.closesAfterData, 'http_closed'],
		['closes in the headers', misbehaving.answers('HTTP/1.1 200 OK\r\nContent-'), 'http_closed'],
		['resets at once', misbehaving.resets, 'connection_reset'],
		['resets', misbehaving.resetsAfterData, 'connection_reset'],
		['resets in the headers', misbehaving.answers('HTTP/1.1 200 OK\r\nContent-', 'reset'), 'connection_reset'],
		['answers in another protocol', misbehaving.garbageHttp, 'http_protocol_error'],
		['speaks first', misbehaving.sshBanner, 'http_protocol_error'],
		['sends a page without a head', misbehaving.answers('<html>welcome</html>'), 'http_protocol_error'],
		['gives two lengths', misbehaving.twoLengths, 'http_protocol_error'],
		['sends headers without end', misbehaving.endlessHeaders, 'http_protocol_error'],
		['sends 1xx answers without end', misbehaving.endlessInformational, 'http_protocol_error'],
		[
			'changes the protocol',
			misbehaving.answers('HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
			'http_protocol_error',
		],
	])('%s', async (_name, behave, reason) => {
		await using server = await misbehaving.startMisbehaving(behave, secure ? { tls } : {});
		const endpoint = { scheme: secure ? 'https' : 'http', hostname: names.registry, port: server.port } as const;
		const observation = await attempt(await plain.node({ bundle }), plain.target({ endpoint, timeout: 1 }));
		expect(verdict(observation)).toBe(`registry challenge ${reason}`);
		expect(observation.seconds).toBeLessThan(1.5);
	});
});

const hints = 'HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n';
const goOn = 'HTTP/1.1 100 Continue\r\n\r\n';
const gone = 'HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n';

describe.concurrent('informational answers', () => {
	test.each<[string, string]>([
		['100 that nobody asked for', goOn],
		['hints', hints],
		['five of both', hints + goOn + hints + goOn + goOn],
	])('are no answer: %s', async (_name, before) => {
		expect(await afterInformational(misbehaving.answers(before + gone))).toBe(
			'registry manifest http_unexpected_status',
		);
	});

	test('are read when they come byte by byte', async () => {
		const slow = misbehaving.dribbles(goOn + hints + gone, 1);
		expect(await afterInformational(slow)).toBe('registry manifest http_unexpected_status');
	});

	test('end an attempt when they are more than Go takes', async () => {
		const many = misbehaving.answers(goOn.repeat(6) + gone);
		expect(await afterInformational(many)).toBe('registry challenge http_protocol_error');
	});
});

async function afterInformational(behave: misbehaving.Misbehaviour): Promise<string> {
	await using server = await misbehaving.startMisbehaving(behave);
	const endpoint = { scheme: 'http', hostname: names.registry, port: server.port } as const;
	return verdict(await attempt(await plain.node(), plain.target({ endpoint, timeout: 2 })));
}

/** One attempt on an open registry that answers every request with this. */
async function answered(reply: Reply, change: Partial<Target> = {}): Promise<Observation> {
	await using registry = await makePlain({ respond: () => reply });
	return await attempt(await registry.node({ hosts: hostsOf(change) }), registry.target({ timeout: 2, ...change }));
}

const hostsOf = ({ endpoint }: Partial<Target>) => ({ [endpoint?.hostname ?? names.registry]: '127.0.0.1' });

const status = (code: number, headers: Answer['headers'] = {}): Answer => ({ status: code, headers });

describe('a first answer that is neither a manifest nor a challenge', () => {
	test.each<[string, Answer, string]>([
		['204', status(204), 'http_unexpected_status'],
		['300', status(300), 'http_unexpected_status'],
		['304', status(304), 'http_unexpected_status'],
		['400', status(400), 'http_unexpected_status'],
		[
			'400 of an nginx that wants a certificate',
			html(400, '400 No required SSL certificate was sent'),
			'tls_client_certificate_required',
		],
		['402', status(402), 'http_unexpected_status'],
		['403', status(403), 'http_forbidden'],
		['403 with a page', html(403, 'Forbidden by policy'), 'http_forbidden'],
		['403 of a registry', registryError(403, 'DENIED'), 'auth_denied'],
		['408', status(408), 'http_unexpected_status'],
		['418', status(418), 'http_unexpected_status'],
		['429', status(429), 'rate_limited'],
		['429 of a registry', registryError(429, 'TOOMANYREQUESTS'), 'rate_limited'],
		['500', status(500), 'http_server_error'],
		['502 with a page', html(502, 'Bad Gateway'), 'http_server_error'],
		['503', status(503), 'http_server_error'],
		['504', status(504), 'http_server_error'],
		['511', html(511, 'Network Authentication Required'), 'http_intercepted'],
		['599', status(599), 'http_server_error'],
	])('%s', async (_name, reply, reason) => {
		const observation = await answered(reply);
		expect(verdict(observation)).toBe(`registry manifest ${reason}`);
		expect(recordOf(observation, 'registry', 'challenge').outcome).toBe('success');
		expect(recordOf(observation, 'registry', 'manifest')).not.toHaveProperty('seconds');
		expect(recordOf(observation, 'registry', 'manifest').facts).toMatchObject({ status: reply.status });
	});
});

describe('an answer that asks to wait', () => {
	const waitOf = async (reply: Answer): Promise<number | undefined> => {
		const { asks } = await answered(reply);
		return asks.notBefore === undefined ? undefined : (asks.notBefore - Date.now()) / 1000;
	};

	test.each<[string, () => Answer, number]>([
		['429 by seconds', () => status(429, { 'retry-after': '70' }), 70],
		['503 by seconds', () => status(503, { 'retry-after': '30' }), 30],
		['429 by a date', () => status(429, { 'retry-after': new Date(Date.now() + 50_000).toUTCString() }), 50],
		['for a day: an hour at most', () => status(429, { 'retry-after': '86400' }), 3600],
	])('%s', async (_name, reply, expected) => {
		const wait = await waitOf(reply());
		expect(wait).toBeGreaterThan(expected - 4);
		expect(wait).toBeLessThanOrEqual(expected + 1);
	});

	test.each<[string, Answer]>([
		['429 without Retry-After', status(429)],
		['500 with Retry-After', status(500, { 'retry-after': '70' })],
		['nonsense', status(429, { 'retry-after': 'soon' })],
	])('%s asks for nothing', async (_name, reply) => {
		expect(await waitOf(reply)).toBe(undefined);
	});
});

describe('429 of an abuse guard', () => {
	const hub = (port = 0) => ({ scheme: 'http', hostname: 'registry-1.docker.io', port }) as const;
	const limited = { 'ratelimit-limit': '100;w=21600', 'ratelimit-remaining': '0;w=21600' };

	test.each<[string, string, Answer, string]>([
		['Docker Hub without a quota', 'registry-1.docker.io', status(429), 'rate_limited_abuse'],
		['Docker Hub with a quota', 'registry-1.docker.io', status(429, limited), 'rate_limited'],
		['another registry', names.registry, status(429), 'rate_limited'],
	])('%s', async (_name, hostname, reply, reason) => {
		await using registry = await makePlain({ respond: () => reply });
		const node = await registry.node({ hosts: { [hostname]: '127.0.0.1' } });
		const target = registry.target({ endpoint: { ...hub(registry.registry.port), hostname } });
		expect(verdict(await attempt(node, target))).toBe(`registry manifest ${reason}`);
	});
});

describe('connections', () => {
	const connections = ({ registry }: Plain) => new Set(registry.requests.map(({ connection }) => connection)).size;

	test('one serves the whole attempt', async () => {
		await using registry = await makePlain();
		expect(verdict(await attempt(await registry.node(), registry.target()))).toBe('none');
		expect(registry.registry.requests.length).toBeGreaterThan(2);
		expect(connections(registry)).toBe(1);
	});

	test('the server closes each after its answer: another is made', async () => {
		const image = makeImage();
		const headers = { connection: 'close', 'content-type': image.mediaType };
		const whole = ({ path }: { path: string }): Answer => {
			const body = path.includes('/blobs/') ? (image.layers[0]?.body ?? '') : image.body;
			return { status: 200, headers, body };
		};
		await using registry = await makePlain({ respond: whole });
		expect(verdict(await attempt(await registry.node(), registry.target()))).toBe('none');
		expect(connections(registry)).toBe(registry.registry.requests.length);
	});
});
