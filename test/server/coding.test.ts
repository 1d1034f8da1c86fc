import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { text } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { request } from 'node:http';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { takesGzip } from '../../src/server/coding.ts';
import { ask, aServer } from './world.ts';

const series = 'registry_probe_success{node="node-1",registry="docker.io"} 1\n'.repeat(1000);
const long = { metrics: () => ({ contentType: 'text/plain', body: series }) };

/** Asks as Prometheus does; the body as it is sent. */
async function askFor(path: string, method = 'GET'): Promise<IncomingMessage> {
	const { address } = await aServer(long);
	const headers = { 'accept-encoding': 'gzip' };
	const sent = request({ host: '127.0.0.1', port: address.port, path, method, headers, agent: false }).end();
	const [answer] = (await once(sent, 'response')) as [IncomingMessage];
	return answer;
}

test('a long answer is sent to Prometheus in a tenth of its bytes', async () => {
	const answer = await askFor('/metrics');
	expect(answer.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
	expect(Number(answer.headers['content-length'])).toBeLessThan(series.length / 10);
	expect(await text(answer.pipe(createGunzip()))).toBe(series);
});

test('HEAD tells of the same answer', async () => {
	const answer = await askFor('/metrics', 'HEAD');
	expect(answer.headers).toMatchObject({ 'content-encoding': 'gzip' });
	expect(await text(answer)).toBe('');
});

test('a short answer is sent as it is', async () => {
	const answer = await askFor('/healthz');
	expect(answer.headers['content-encoding']).toBeUndefined();
	expect(await text(answer)).toBe('The loop turns.\n');
});

test('whoever does not ask for gzip is sent text', async () => {
	expect(await ask(await aServer(long), '/metrics')).toMatchObject({ status: 200, body: series });
});

describe('Accept-Encoding', () => {
	test.each(['gzip', 'GZIP', 'x-gzip', 'deflate, gzip;q=0.5', 'gzip ; q=1', '*', 'identity;q=0, *;q=0.1'])(
		'%s takes gzip',
		(accepted) => expect(takesGzip(accepted)).toBe(true),
	);
	test.each([undefined, '', 'identity', 'br', 'gzip;q=0', 'gzip;q=0, *', 'gzip;q=x', '*;q=0'])(
		'%s does not',
		(accepted) => expect(takesGzip(accepted)).toBe(false),
	);
	test('any text is judged', () => {
		fc.assert(
			fc.property(fc.string(), (accepted) => {
				expect(typeof takesGzip(accepted)).toBe('boolean');
			}),
		);
	});
});
