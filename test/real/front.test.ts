import { expect, test } from 'vitest';
import type { Observation } from '../../src/probe/observation.ts';
import { until } from '../commands/agent.ts';
import { walks } from '../probe/walks.ts';
import { attempt, targetAt, trail, verdict } from '../probe/world.ts';
import { loggedRequests } from './dockerRegistry.ts';
import { startNginx } from './nginx.ts';
import { writePasswords } from './passwords.ts';
import type { Program } from './running.ts';
import { suite } from './suite.ts';
import { login, password, type RealWorld, sharedWorld, user } from './world.ts';

/** An nginx in front of the world's registry; `lines` stand in its server block, `location` where it passes requests on. */
async function frontOf(
	{ directory, issued, registry }: RealWorld,
	lines: readonly string[],
	location = '',
): Promise<Program> {
	const onward = `proxy_pass http://127.0.0.1:${registry.port}; proxy_set_header Host $http_host;`;
	return await startNginx({ directory, issued, server: [...lines, `location /v2/ { ${location} ${onward} }`] });
}

suite('nginx in front of a docker-registry', ['docker-registry', 'skopeo', 'dnsmasq', 'nginx', 'htpasswd'], () => {
	const world = sharedWorld({ plain: true });

	async function attemptAt(front: Program, trying: Parameters<typeof attempt>[2] = {}): Promise<Observation> {
		const target = targetAt({ scheme: 'https', hostname: 'registry.test', port: front.port });
		return await attempt(world().node, target, trying);
	}

	test('hands everything on', async () => {
		await using front = await frontOf(world(), []);
		expect(trail(await attemptAt(front))).toEqual(walks.plain);
	});

	test('may ask for a login of its own', async () => {
		const file = await writePasswords(world().directory, 'front', { [user]: password });
		await using front = await frontOf(world(), [`auth_basic "front"; auth_basic_user_file ${file};`]);
		expect(verdict(await attemptAt(front))).toBe('registry challenge auth_required');
		expect(verdict(await attemptAt(front, { logins: login('wrong') }))).toBe('registry manifest auth_rejected');
		expect(verdict(await attemptAt(front, { logins: login() }))).toBe('none');
	});

	test.each([
		['forbids', 'deny all;', 'registry manifest http_forbidden'],
		['limits the rate', 'return 429;', 'registry manifest rate_limited'],
		['is being mended', 'return 503;', 'registry manifest http_server_error'],
		['sends to a page', 'return 302 https://$host:$server_port/login;', 'registry manifest http_intercepted'],
		['sends around in a circle', 'return 307 $request_uri;', 'registry manifest redirect_loop'],
	])('that %s is told by its answer', async (_what, location, expected) => {
		await using front = await frontOf(
			world(),
			['location /login { default_type text/html; return 200 "login"; }'],
			location,
		);
		expect(verdict(await attemptAt(front))).toBe(expected);
	});

	test('that knows no registry is not one', async () => {
		const { directory, issued } = world();
		await using page = await startNginx({ directory, issued, server: [`root ${directory.path}/nothing;`] });
		expect(verdict(await attemptAt(page))).toBe('registry manifest http_intercepted');
	});

	test('that wants a certificate of the client says so in its page', async () => {
		const { directory, authority } = world();
		const ca = directory.write('clients.pem', authority.pem);
		await using front = await frontOf(world(), [`ssl_client_certificate ${ca}; ssl_verify_client on;`]);
		expect(verdict(await attemptAt(front))).toBe('registry manifest tls_client_certificate_required');
	});

	test('that speaks only old versions of TLS is refused as Go refuses it', async () => {
		await using front = await frontOf(world(), ['ssl_protocols TLSv1.1; ssl_ciphers ALL:@SECLEVEL=0;']);
		expect(verdict(await attemptAt(front))).toBe('registry tls tls_handshake_failed');
	});

	test('that dies in the middle of a layer leaves it truncated', async () => {
		const { registry } = world();
		await using front = await frontOf(world(), [], 'limit_rate 8k;');
		const before = registry.output.length;
		const attempting = attemptAt(front);
		// The registry is done long before nginx has handed all of it on.
		await until(
			() => loggedRequests(registry.output.slice(before)).some(({ path }) => path.includes('/blobs/')),
			() => 'the layer was not asked for',
		);
		await front.stop('SIGKILL');
		expect(verdict(await attempting)).toBe('registry blob body_truncated');
	});

	test('in front of a registry that is down says so', async () => {
		const { registry } = world();
		await using front = await frontOf(world(), []);
		await registry.stop();
		expect(verdict(await attemptAt(front))).toBe('registry manifest http_server_error');
		await registry.start();
	});
});
