import { describe, expect, test } from 'vitest';

import { html, type Reply } from '../fakes/reply.ts';
import { registryError } from '../fakes/registryError.ts';
import type { Override } from '../fakes/http.ts';
import { attempt, makeWorld, recordOf, trail, verdict, type Wishes } from './world.ts';

/** One attempt on a host for which no image was named. */
async function bare(wishes: Wishes) {
	await using world = await makeWorld(wishes);
	const { blob: _off, ...target } = world.target;
	const observation = await attempt(world.node, { ...target, bare: true });
	return { observation, registry: world.registry.requests };
}

const afterChallenge =
	(reply: Reply): Override =>
	({ headers }) =>
		headers.authorization === undefined ? undefined : reply;

const challenged = { 'www-authenticate': 'Bearer realm="https://auth.test/token"' };

describe('a bare host is green when it answers as a registry', () => {
	test.each<[string, Wishes, number]>([
		['with a manifest', {}, 200],
		['404 after a challenge', { registry: { respond: afterChallenge(registryError(404, 'NAME_UNKNOWN')) } }, 404],
		['404 with a page after a challenge', { registry: { respond: afterChallenge(html(404, 'Not Found')) } }, 404],
		['403 after a challenge', { registry: { respond: afterChallenge(registryError(403, 'DENIED')) } }, 403],
		['401 after a challenge', { registry: { respond: afterChallenge({ status: 401, headers: challenged }) } }, 401],
		['404 of an open registry', { registry: { auth: 'open', images: {} } }, 404],
		['a login wanted', { registry: { auth: { basic: { user: 'a', password: 'b' } } } }, 401],
	])('%s', async (_name, wishes, answered) => {
		const { observation } = await bare(wishes);
		expect(verdict(observation)).toBe('none');
		expect(recordOf(observation, 'registry', 'manifest').facts).toMatchObject({ asked: 'team/app:1', answered });
		expect(trail(observation)).not.toContain('blob blob');
	});
});

describe('a bare host is red when it does not', () => {
	test.each<[string, Wishes, string]>([
		['a page', { registry: { respond: () => html(200, 'Welcome') } }, 'registry manifest http_intercepted'],
		['404 with a page', { registry: { respond: () => html(404, 'Not Found') } }, 'registry manifest http_intercepted'],
		['403 without a challenge', { registry: { respond: () => ({ status: 403 }) } }, 'registry manifest http_forbidden'],
		['500', { registry: { respond: afterChallenge({ status: 500 }) } }, 'registry manifest http_server_error'],
		['429', { registry: { respond: afterChallenge({ status: 429 }) } }, 'registry manifest rate_limited'],
		[
			'a challenge that nobody can use',
			{ registry: { respond: () => ({ status: 401, headers: { 'www-authenticate': 'Negotiate' } }) } },
			'registry challenge auth_challenge_unsupported',
		],
		['a dead token service', { token: { respond: () => ({ status: 500 }) } }, 'token token http_server_error'],
	])('%s', async (_name, wishes, expected) => {
		expect(verdict((await bare(wishes)).observation)).toBe(expected);
	});
});

test('no GET is sent to a bare host that has its manifest', async () => {
	const { registry } = await bare({});
	expect(new Set(registry.map(({ method }) => method))).toEqual(new Set(['HEAD']));
});
