import { describe, expect, test } from 'vitest';

import { Secret } from '../../src/registry/secret.ts';
import type { Override } from '../fakes/http.ts';
import { attempt, makeWorld, names } from '../probe/world.ts';
import { holds, user } from './canary.ts';

const password = 'canary-in-a-certificate-7f3a';
const logins = { registry: { username: user, password: new Secret(password) } };

describe('a registry that was shown a login writes it into a certificate', () => {
	test('that of a host which it sends on to: into names, subject and issuer', async () => {
		const sendsOn: Override = ({ path, headers }) =>
			path.includes('/manifests/') && headers.authorization !== undefined
				? { status: 307, headers: { location: `https://${names.blob}:${port}/elsewhere` } }
				: undefined;
		let port = 0;
		await using world = await makeWorld({ registry: { respond: sendsOn } });
		({ port } = world.blob);
		const hostile = await world.authority.intermediate({ commonName: password, organization: password });
		const issued = await hostile.issue({ names: [names.blob, `${password}.test`], organization: password });
		world.blob.changeTls({ key: issued.key, cert: issued.chain });
		const told = JSON.stringify(await attempt(world.node, world.target, { logins }));
		expect(told).toContain('REDACTED.test');
		expect(holds(told, password)).toBe(false);
	});

	test('its own, before it is asked again', async () => {
		await using world = await makeWorld();
		const issued = await world.authority.issue({ names: [`${password}.test`], organization: password });
		await attempt(world.node, world.target, { logins });
		expect(world.token.asked[0]?.login?.password).toBe(password);
		world.registry.changeTls({ key: issued.key, cert: issued.chain });
		const told = JSON.stringify(await attempt(world.node, world.target, { logins }));
		expect(told).toContain('tls_name_mismatch');
		expect(holds(told, password)).toBe(false);
	});
});

test('a host that the registry sends on to, and that wants a login, is shown none', async () => {
	const sendsOn: Override = ({ path, headers }) =>
		path.includes('/manifests/') && headers.authorization !== undefined
			? { status: 307, headers: { location: `https://${names.blob}:${port}/elsewhere` } }
			: undefined;
	let port = 0;
	const greedy: Override = () => ({ status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } });
	await using world = await makeWorld({ registry: { respond: sendsOn }, blob: { respond: greedy } });
	({ port } = world.blob);
	await attempt(world.node, world.target, { logins });
	expect(world.token.asked[0]?.login?.password).toBe(password);
	expect(world.blob.requests.length).toBeGreaterThan(0);
	expect(world.blob.requests.flatMap(({ headers }) => headers.authorization ?? [])).toEqual([]);
});
