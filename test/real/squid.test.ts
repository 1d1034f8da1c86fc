import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Proxy, Target } from '../../src/plan/target.ts';
import { Secret } from '../../src/registry/secret.ts';
import { walks } from '../probe/walks.ts';
import { attempt, names, recordOf, trail, verdict } from '../probe/world.ts';
import { writePasswords } from './passwords.ts';
import { type Program, without } from './running.ts';
import { type SquidOptions, startSquid } from './squid.ts';
import { suite } from './suite.ts';
import { cdnOf, makeRealWorld, sharedWorld } from './world.ts';

const hosts = Object.fromEntries(Object.values(names).map((name) => [name, '127.0.0.1']));

/** The target behind a proxy. */
function behind(target: Target, { port }: Program, change: Partial<Proxy> = {}): Target {
	return { ...target, proxy: { scheme: 'http', hostname: '127.0.0.1', port, login: false, source: 'test', ...change } };
}

suite('a squid in front of all', ['docker-registry', 'skopeo', 'dnsmasq', 'nginx', 'squid'], () => {
	const world = sharedWorld({ auth: 'token', cdn: true });
	let squid: Program;
	beforeAll(async () => {
		squid = await startSquid({ directory: world().directory, hosts });
	});
	afterAll(() => squid?.stop());

	/** What the attempt says behind another squid. */
	async function verdictBehind(options: Omit<SquidOptions, 'directory'>): Promise<string> {
		await using other = await startSquid({ directory: world().directory, ...options });
		return verdict(await attempt(world().node, behind(world().target, other)));
	}

	test('takes the place of names and connections for every host', async () => {
		const { node, target } = world();
		const observation = await attempt(node, behind(target, squid));
		expect(trail(observation)).toEqual(walks.proxied);
		expect(recordOf(observation, 'blob', 'proxy').facts).toMatchObject({ proxy: `http://127.0.0.1:${squid.port}` });
	});

	test('is left out for hosts of NO_PROXY', async () => {
		const { node, target } = world();
		const observation = await attempt(node, { ...behind(target, squid), noProxy: '.other.test,registry.test' });
		expect(observation.success).toBe(true);
		expect(trail(observation).filter((each) => each.endsWith('proxy'))).toEqual(['token proxy', 'blob proxy']);
	});

	test('may be forbidden to go to one of the hosts', async () => {
		expect(await verdictBehind({ hosts, denied: ['registry.test'] })).toBe('registry proxy proxy_denied');
		expect(await verdictBehind({ hosts, denied: ['cdn.test'] })).toBe('blob proxy proxy_denied');
	});

	test('may not find one of the hosts', async () => {
		expect(await verdictBehind({ hosts: { 'registry.test': '127.0.0.1' } })).toBe('token proxy proxy_error');
	});

	test('cannot reach what is down', async () => {
		const { node, target } = world();
		const observation = await without(cdnOf(world()), () => attempt(node, behind(target, squid)));
		expect(verdict(observation)).toBe('blob proxy proxy_error');
	});

	test('may be down itself', async () => {
		const { node, target } = world();
		const observation = await without(squid, () => attempt(node, behind(target, squid)));
		expect(verdict(observation)).toBe('registry proxy proxy_unreachable');
	});

	test('may hang', async () => {
		const { node, target } = world();
		squid.signal('SIGSTOP');
		try {
			const observation = await attempt(node, { ...behind(target, squid), timeout: 1 });
			expect(verdict(observation)).toBe('registry proxy proxy_timeout');
		} finally {
			squid.signal('SIGCONT');
		}
	});
});

suite(
	'a squid that wants a login',
	['docker-registry', 'skopeo', 'dnsmasq', 'squid', 'basic_ncsa_auth', 'htpasswd'],
	() => {
		const world = sharedWorld();
		let squid: Program;
		beforeAll(async () => {
			const { directory } = world();
			squid = await startSquid({
				directory,
				hosts,
				passwords: await writePasswords(directory, 'squid', { node: 'let me out' }),
			});
		});
		afterAll(() => squid?.stop());

		test.each([
			['no login', undefined, 'registry proxy proxy_auth_required'],
			['a wrong login', 'wrong', 'registry proxy proxy_auth_required'],
			['the login', 'let me out', 'none'],
		])('given %s', async (_what, password, expected) => {
			const { node, target } = world();
			const login = password === undefined ? {} : { proxy: { username: 'node', password: new Secret(password) } };
			const proxied = behind(target, squid, { login: password !== undefined });
			expect(verdict(await attempt(node, proxied, { logins: login }))).toBe(expected);
		});
	},
);

suite('a squid in front of plain HTTP', ['docker-registry', 'skopeo', 'dnsmasq', 'squid'], () => {
	test('hands requests on, or says why not', async () => {
		await using world = await makeRealWorld({ plain: true });
		const { node, target, registry, directory } = world;
		await using squid = await startSquid({ directory, hosts });
		const observation = await attempt(node, behind(target, squid));
		expect(trail(observation)).toEqual(['registry proxy', 'registry challenge', 'registry manifest', 'registry blob']);
		await registry.stop();
		expect(verdict(await attempt(node, behind(target, squid)))).toBe('registry proxy proxy_error');
	});
});
