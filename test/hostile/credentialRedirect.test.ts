import { describe, expect, test } from 'vitest';

import { Secret } from '../../src/registry/secret.ts';
import { type HttpServer, type Override, type Respond, startHttp } from '../fakes/http.ts';
import { json } from '../fakes/reply.ts';
import { attempt, makeWorld, names, trail } from '../probe/world.ts';
import { basic, user } from './canary.ts';

const password = 'canary-of-a-redirect-7f3a';
const logins = { registry: { username: user, password: new Secret(password) } };
const headers = { 'X-Key': 'canary-of-a-header-7f3a' };
const shownTo = ({ requests }: HttpServer) => JSON.stringify(requests);

/** CRI-O asks for `/v2/` and follows redirects, so that anybody may give the first challenge. */
describe.each(['http', 'https'])('a registry sends the first request on to a stranger at %s', (scheme) => {
	test.each([
		['Bearer', (realm: string) => `Bearer realm="${realm}",service="x"`],
		['Basic', () => 'Basic realm="x"'],
	])('who asks for a login by %s, and gets none', async (_scheme, challenge) => {
		let [elsewhere, realm] = ['', ''];
		const sendsOn: Override = ({ path, headers: asked }) =>
			path === '/v2/' && asked.authorization === undefined
				? { status: 307, headers: { location: `${elsewhere}/v2/` } }
				: undefined;
		await using world = await makeWorld({ registry: { respond: sendsOn } });
		const tls = { key: world.issued.key, cert: world.issued.chain };
		const respond: Respond = ({ path }) =>
			path === '/v2/'
				? { status: 401, headers: { 'www-authenticate': challenge(realm) } }
				: json(200, { token: 'from-thief' });
		await using thief = await startHttp({ tls }, respond);
		await using plain = await startHttp({}, respond);
		[elsewhere, realm] = [
			(scheme === 'http' ? plain : thief).origin(names.token),
			`${thief.origin(names.token)}/token`,
		];
		const observation = await attempt(world.node, { ...world.target, client: 'cri-o', headers }, { logins });
		expect(trail(observation)).toContain('registry challenge');
		expect((scheme === 'http' ? plain : thief).requests.length).toBeGreaterThan(0);
		for (const stranger of [thief, plain]) {
			expect(shownTo(stranger)).not.toContain(basic(password));
			expect(shownTo(stranger)).not.toContain(headers['X-Key']);
		}
	});
});

test('the registry itself is shown the login once it asks for it', async () => {
	await using world = await makeWorld();
	await attempt(world.node, { ...world.target, client: 'cri-o', headers }, { logins });
	expect(shownTo(world.token)).toContain(basic(password));
});
