import { setTimeout as sleep } from 'node:timers/promises';

import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';

import type { ApiFailure } from '../../src/cluster/apiFailure.ts';
import {
	type Authorizer,
	type AuthorizerLimits,
	createAuthorizer,
	usualAuthorizerLimits,
} from '../../src/cluster/authorizer.ts';
import { json } from '../fakes/reply.ts';
import { type ReviewsApi, startReviewsApi } from './reviewsApi.ts';

let api: ReviewsApi;
let failures: ApiFailure[];

beforeEach(async () => {
	failures = [];
	api = await startReviewsApi();
	api.users.set('token-of-ann', 'ann').set('token-of-bob', 'bob');
	api.rights.add('ann /registry-probe/api/v1/plan');
});

afterEach(() => api.server.close());

function authorizer(change: Partial<AuthorizerLimits> = {}): Authorizer {
	const { signal } = new AbortController();
	const told = { onAnswer: () => {}, onFailure: (failure: ApiFailure) => void failures.push(failure) };
	return createAuthorizer({ access: api.access, signal, ...told }, { ...usualAuthorizerLimits, ...change });
}

test('who has the right may, others may not, and strangers are strangers', async () => {
	const may = authorizer();
	expect(await may('token-of-ann', '/api/v1/plan')).toBe('allowed');
	expect(await may('token-of-ann', '/')).toBe('forbidden');
	expect(await may('token-of-bob', '/api/v1/plan')).toBe('forbidden');
	expect(await may('token-of-nobody', '/api/v1/plan')).toBe('unauthenticated');
});

test('a token that the API server says back is in no failure', async () => {
	api.fault = () => json(500, { message: 'cannot review token-of-ann, says token' });
	expect(await authorizer()('token-of-ann', '/')).toBe('unavailable');
	expect(failures.map(({ message }) => message)).toEqual(['status 500: cannot review REDACTED, says REDACTED']);
});

test('the API server is asked about tokens for agents only, and handed back who it named', async () => {
	await authorizer()('token-of-ann', '/api/v1/plan');
	const [token, access] = api.server.requests.map(({ body }) => JSON.parse(body) as unknown);
	expect(token).toMatchObject({ spec: { token: 'token-of-ann', audiences: ['registry-probe'] } });
	expect(access).toMatchObject({
		spec: {
			user: 'ann',
			uid: '1',
			groups: ['system:authenticated'],
			extra: { a: ['b'] },
			nonResourceAttributes: { path: '/registry-probe/api/v1/plan', verb: 'get' },
		},
	});
});

test('a token that was made for somebody else is of no use', async () => {
	api.audiences = ['https://kubernetes.default.svc'];
	expect(await authorizer()('token-of-ann', '/api/v1/plan')).toBe('unauthenticated');
});

test('a yes is kept for a while, a no for less', async () => {
	const may = authorizer({ decisions: { yes: 60_000, no: 100, most: 10 } });
	await may('token-of-ann', '/api/v1/plan');
	await may('token-of-bob', '/api/v1/plan');
	const asked = api.server.requests.length;
	await may('token-of-ann', '/api/v1/plan');
	await may('token-of-bob', '/api/v1/plan');
	expect(api.server.requests).toHaveLength(asked);
	await sleep(150);
	api.rights.add('bob /registry-probe/api/v1/plan');
	expect(await may('token-of-bob', '/api/v1/plan')).toBe('allowed');
	await may('token-of-ann', '/api/v1/plan');
	expect(api.server.requests).toHaveLength(asked + 2);
});

test('strangers, however many, do not push out who is known', async () => {
	const limits = { decisions: { yes: 60_000, no: 60_000, most: 5 }, rate: { burst: 100, perSecond: 1 } };
	const may = authorizer(limits);
	await may('token-of-ann', '/api/v1/plan');
	for (let at = 0; at < 20; at += 1) await may(`stranger-${at}`, '/api/v1/plan');
	const asked = api.server.requests.length;
	expect(await may('token-of-ann', '/api/v1/plan')).toBe('allowed');
	expect(api.server.requests).toHaveLength(asked);
});

test('the same question at the same time is asked once', async () => {
	const may = authorizer();
	await Promise.all(Array.from({ length: 10 }, () => may('token-of-ann', '/api/v1/plan')));
	expect(api.server.requests).toHaveLength(2);
});

test('few are looked at at a time, few wait, and the others are told to come again', async () => {
	api.fault = async () => {
		await sleep(200);
		return undefined;
	};
	const may = authorizer({ concurrency: 2, waiting: 3 });
	const answers = await Promise.all(Array.from({ length: 10 }, (_, at) => may(`stranger-${at}`, '/')));
	expect(answers.filter((answer) => answer === 'busy')).toHaveLength(5);
	expect(answers.filter((answer) => answer === 'unauthenticated')).toHaveLength(5);
});

test('strangers cannot make an agent ask without end', async () => {
	const may = authorizer({ rate: { burst: 3, perSecond: 0.001 } });
	for (let at = 0; at < 10; at += 1) await may(`stranger-${at}`, '/');
	expect(api.server.requests).toHaveLength(3);
});

test.each([
	['is down', () => 'reset' as const],
	['fails', () => json(500, { message: 'no leader' })],
	['refuses the agent', () => json(403, { message: 'forbidden' })],
])('an API server that %s decides nothing, and is left alone for a moment', async (_what, fault) => {
	api.fault = fault;
	const may = authorizer({ rest: 200 });
	expect(await may('token-of-ann', '/api/v1/plan')).toBe('unavailable');
	expect(await may('token-of-ann', '/api/v1/plan')).toBe('unavailable');
	expect(failures).toHaveLength(1);
	api.fault = () => undefined;
	await sleep(250);
	expect(await may('token-of-ann', '/api/v1/plan')).toBe('allowed');
});

test('an API server that asks for time gets it, within reason', async () => {
	api.fault = () => json(429, { message: 'too many' }, { 'retry-after': '3600' });
	const may = authorizer({ rest: 0, longestRest: 300 });
	await may('token-of-ann', '/api/v1/plan');
	api.fault = () => undefined;
	expect(await may('token-of-ann', '/api/v1/plan')).toBe('unavailable');
	await sleep(350);
	expect(await may('token-of-ann', '/api/v1/plan')).toBe('allowed');
});

test('an API server that is slow is not waited for', async () => {
	api.fault = () => 'silence';
	const began = performance.now();
	expect(await authorizer({ patience: 100 })('token-of-ann', '/')).toBe('unavailable');
	expect(performance.now() - began).toBeLessThan(1500);
});

test('what cannot be a token is not asked about', async () => {
	const may = authorizer();
	const sign = fc.constantFrom('a', '=', ' ', '\n', '"', 'ä', '{', '\0', ',');
	const none = fc.string({ unit: sign, maxLength: 20 }).filter((text) => !/^a+=*$/.test(text));
	await fc.assert(
		fc.asyncProperty(none, async (text) => {
			expect(await may(text, '/')).toBe('unauthenticated');
		}),
	);
	expect(await may('a'.repeat(9000), '/')).toBe('unauthenticated');
	expect(api.server.requests).toEqual([]);
});
