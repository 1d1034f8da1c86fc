import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeNode, type Node } from '../fakes/node.ts';
import { attempt, targetAt, verdict } from '../probe/world.ts';
import { dirt, harmfulIn } from './dirt.ts';
import { drip, pour, type Rude, say, startRaw } from './raw.ts';

let node: Node;
beforeAll(async () => void (node = await makeNode()));
afterAll(() => node.remove());

const pouring =
	(opening: string, text: string): Rude =>
	(_request, stream) => {
		stream.write(opening);
		pour(stream, text);
	};

/** Seconds until the proxy stage runs out of time. */
const timeout = 4;

/** How a proxy answers CONNECT, what an attempt is to say, and within how many seconds. */
const cases: Readonly<Record<string, readonly [Rude, string, number]>> = {
	'headers without end': [pouring('HTTP/1.1 200 OK\r\n', `X: ${'x'.repeat(1000)}\r\n`), 'proxy_error', timeout],
	'a reason phrase without end': [pouring('HTTP/1.1 200 ', 'OK '), 'proxy_error', timeout],
	'empty lines without end': [pouring('', '\r\n'), 'proxy_error', timeout],
	'informational answers without end': [pouring('', 'HTTP/1.1 103 Early Hints\r\n\r\n'), 'proxy_error', timeout],
	'a refusal without end': [pouring('HTTP/1.1 403 No\r\n\r\n', 'x'.repeat(1000)), 'proxy_denied', timeout],
	'one byte after the other': [
		(_request, stream) => drip(stream, 'HTTP/1.1 200 OK\r\n\r\n', 1000),
		'proxy_timeout',
		timeout + 4,
	],
	'something else after the grant': [
		pouring('HTTP/1.1 200 OK\r\n\r\n', 'x'.repeat(1000)),
		'tls_protocol_error',
		timeout,
	],
};

async function tried(
	answer: Rude,
): Promise<{ readonly said: string; readonly harm: unknown; readonly seconds: number }> {
	await using server = await startRaw(answer);
	const proxy = { scheme: 'http', hostname: '127.0.0.1', port: server.port, login: false, source: 'test' } as const;
	const target = targetAt({ scheme: 'https', hostname: 'registry.test', port: 443 }, { proxy, timeout });
	const began = performance.now();
	const observation = await attempt(node, target);
	return { said: verdict(observation), harm: harmfulIn(observation), seconds: (performance.now() - began) / 1000 };
}

test.each(Object.entries(cases))('a proxy that answers CONNECT with %s', async (_title, [answer, reason, limit]) => {
	const { said, seconds } = await tried(answer);
	expect(said).toBe(`registry ${reason.startsWith('tls') ? 'tls' : 'proxy'} ${reason}`);
	expect(seconds).toBeLessThan(limit);
});

test.each(Object.entries(dirt))('a proxy that puts %s into its refusal', async (_kind, bytes) => {
	const answer: Rude = (_request, stream) => {
		say(stream, `403 ${bytes.toString('latin1')}`, [['x-squid-error', bytes.toString('latin1')]], bytes);
		stream.end();
	};
	const { said, harm } = await tried(answer);
	expect(said).toMatch(/^registry proxy proxy_(denied|error)$/);
	expect(harm).toEqual([]);
});
