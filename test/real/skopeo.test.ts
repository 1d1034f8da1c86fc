import { expect, test } from 'vitest';
import type { Target } from '../../src/plan/target.ts';
import { createAuthority, ended, type LeafOptions } from '../fakes/authority.ts';
import { attempt, names, verdict } from '../probe/world.ts';
import { presenting } from './certificate.ts';
import { without } from './running.ts';
import { inspect } from './skopeo.ts';
import { startSquid } from './squid.ts';
import { suite } from './suite.ts';
import { asking, cdnOf, login, makeRealWorld, password, type RealWorld, sharedWorld, user } from './world.ts';

interface Trying {
	readonly image?: string;
	/** A login with this password. */
	readonly secret?: string;
	readonly proxy?: Target['proxy'];
}

/** What we say of an image, and what skopeo says, which trusts the same and asks the same hosts. */
async function both(
	{ node, target, bundle, registry }: RealWorld,
	{ image = 'team/app:1', secret, proxy }: Trying = {},
) {
	const name = `${target.endpoint.hostname}:${registry.port}/${image}`;
	const trying = secret === undefined ? {} : { logins: login(secret) };
	const ours = await attempt(node, asking(target, image, proxy && { proxy }), trying);
	const theirs = await inspect(name, {
		bundle,
		...(secret !== undefined && { login: { user, password: secret } }),
		...(proxy && { proxy: `http://127.0.0.1:${proxy.port}` }),
	});
	expect({ ...theirs, success: theirs.code === 0 }).toMatchObject({ success: ours.success });
	return { ours: verdict(ours), theirs: theirs.code === 0 ? 'none' : theirs.stderr };
}

suite('skopeo meets the same at a CDN', ['docker-registry', 'skopeo', 'dnsmasq', 'nginx'], () => {
	const world = sharedWorld({ cdn: true, local: true });

	test.each([
		['a green path', 'team/app:1', 'none', 'none'],
		['a missing tag', 'team/app:2', 'registry manifest manifest_not_found', 'manifest unknown'],
		['a foreign platform', 'team/foreign:1', 'registry manifest platform_not_found', 'no image found'],
	])('%s', async (_what, image, ours, theirs) => {
		const said = await both(world(), { image });
		expect(said).toEqual({ ours, theirs: expect.stringContaining(theirs) });
	});

	test('a CDN that is down', async () => {
		const said = await without(cdnOf(world()), () => both(world()));
		expect(said).toEqual({ ours: 'blob tcp tcp_refused', theirs: expect.stringContaining('connection refused') });
	});

	test('a registry that is down', async () => {
		const said = await without(world().registry, () => both(world()));
		expect(said).toEqual({ ours: 'registry tcp tcp_refused', theirs: expect.stringContaining('connection refused') });
	});

	const certificates: [string, LeafOptions, string, string][] = [
		['an expired certificate', { names: ['localhost'], ...ended() }, 'tls_expired', 'has expired or is not yet valid'],
		['a certificate for others', { names: ['other.test'] }, 'tls_name_mismatch', 'is valid for other.test'],
		['a certificate without names', { san: false, commonName: 'localhost' }, 'tls_name_mismatch', 'legacy Common Name'],
		['a short key', { names: ['localhost'], keyType: 'rsa', keyBits: 1024 }, 'none', 'none'],
	];

	test.each(certificates)('%s at the registry', async (_what, options, reason, theirs) => {
		const { directory, registry, authority, issued } = world();
		const certificate = { other: await authority.issue(options), usual: issued };
		const said = await presenting(directory, registry, certificate, () => both(world()));
		const ours = reason === 'none' ? 'none' : `registry tls ${reason}`;
		expect(said).toEqual({ ours, theirs: expect.stringContaining(theirs) });
	});

	test('an authority that nobody trusts, at the CDN', async () => {
		const { directory, issued } = world();
		const other = await (await createAuthority()).issue({ names: ['localhost'] });
		const said = await presenting(directory, cdnOf(world()), { other, usual: issued }, () => both(world()));
		expect(said).toEqual({ ours: 'blob tls tls_untrusted', theirs: expect.stringContaining('unknown authority') });
	});
});

suite('skopeo meets the same where a login is wanted', ['docker-registry', 'skopeo', 'dnsmasq', 'htpasswd'], () => {
	const basic = sharedWorld({ auth: 'htpasswd', local: true });
	const bearer = sharedWorld({ auth: 'token', local: true });
	const unauthorized = 'unauthorized: authentication required';

	test.each([
		['no login', undefined, 'registry challenge auth_required', unauthorized],
		['a wrong login', 'wrong', 'registry manifest auth_rejected', unauthorized],
		['the login', password, 'none', 'none'],
	])('Basic, %s', async (_what, secret, ours, theirs) => {
		const said = await both(basic(), secret === undefined ? {} : { secret });
		expect(said).toEqual({ ours, theirs: expect.stringContaining(theirs) });
	});

	test.each([
		['an open image', {}, 'none', 'none'],
		[
			'a closed image',
			{ image: 'private/app:1' },
			'registry manifest auth_denied',
			'requested access to the resource is denied',
		],
		['a closed image with the login', { image: 'private/app:1', secret: password }, 'none', 'none'],
		['a wrong login', { secret: 'wrong' }, 'token token auth_rejected', 'invalid username/password'],
	])('Bearer, %s', async (_what, trying, ours, theirs) => {
		const said = await both(bearer(), trying);
		expect(said).toEqual({ ours, theirs: expect.stringContaining(theirs) });
	});

	test('Bearer, a token service that is down', async () => {
		await using own = await makeRealWorld({ auth: 'token', local: true });
		await own.token?.close();
		const said = await both(own);
		expect(said).toEqual({ ours: 'token tcp tcp_refused', theirs: expect.stringContaining('connection refused') });
	});
});

suite('skopeo meets the same behind a squid', ['docker-registry', 'skopeo', 'dnsmasq', 'squid'], () => {
	const world = sharedWorld();
	const hosts = { [names.registry]: '127.0.0.1' };

	test.each([
		['that lets through', [], 'none', 'none'],
		['that forbids', [names.registry], 'registry proxy proxy_denied', 'Forbidden'],
	])('%s', async (_what, denied, ours, theirs) => {
		await using squid = await startSquid({ directory: world().directory, hosts, denied });
		const proxy = { scheme: 'http', hostname: '127.0.0.1', port: squid.port, login: false, source: 'test' } as const;
		expect(await both(world(), { proxy })).toEqual({ ours, theirs: expect.stringContaining(theirs) });
	});
});
