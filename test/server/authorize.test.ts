import { networkInterfaces } from 'node:os';

import { describe, expect, test } from 'vitest';

import type { Content, Refusal } from '../../src/server/routes.ts';
import { aServer, ask } from './world.ts';

/** An address of this machine that is not loopback. */
const outside = Object.values(networkInterfaces())
	.flatMap((addresses) => addresses ?? [])
	.find(({ internal, family }) => !internal && family === 'IPv4')?.address;
const withoutOutside = outside === undefined && process.env['CI'] !== 'true';

const refusing = (status: Refusal['status']): Partial<Content> => ({
	authorize: () => ({ status, detail: 'Because of that.' }),
});
const fromOutside = async (content: Partial<Content>, path: string, headers = {}) =>
	ask(await aServer(content), path, { host: outside ?? '', headers });

describe.skipIf(withoutOutside)('from elsewhere', () => {
	test('who has to say who he is, is told so', async () => {
		const got = await fromOutside(refusing(401), '/');
		expect(got).toMatchObject({ status: 401, body: 'Because of that.\n' });
		expect(got.headers['www-authenticate']).toBe('Bearer realm="registry-probe"');
	});

	test('who may not, is told so', async () => {
		const got = await fromOutside(refusing(403), '/api/v1/plan', { authorization: 'Bearer t' });
		expect(got).toMatchObject({ status: 403, body: 'Because of that.\n' });
		expect(got.headers['www-authenticate']).toBeUndefined();
	});

	test('where it cannot be found out, later is soon enough', async () => {
		const got = await fromOutside(refusing(503), '/', { authorization: 'Bearer t' });
		expect(got.status).toBe(503);
		expect(got.headers['retry-after']).toBe('5');
	});

	test.each(['/metrics', '/healthz', '/readyz'])('%s is for all, and nobody is asked about', async (path) => {
		const authorize = () => {
			throw new Error('asked');
		};
		expect(await fromOutside({ authorize }, path)).toMatchObject({ status: 200 });
	});
});

describe('from this machine', () => {
	test('nobody is asked about', async () => {
		expect(await ask(await aServer(refusing(503)), '/')).toMatchObject({ status: 200 });
	});

	test('under another name a token opens the page, and without one it stays closed', async () => {
		const server = await aServer({ authorize: ({ authorization }) => authorization === 'Bearer t' });
		const headers = { host: 'node-a.example:9917' };
		expect((await ask(server, '/', { headers })).status).toBe(403);
		expect((await ask(server, '/', { headers: { ...headers, authorization: 'Bearer t' } })).status).toBe(200);
		expect((await ask(server, '/', { headers: { ...headers, authorization: 'Bearer u' } })).status).toBe(403);
	});
});
