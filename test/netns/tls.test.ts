import { expect, test } from 'vitest';

import { verdict } from '../probe/world.ts';
import { ending } from './expectations.ts';
import { fromHost, toHost } from './firewall.ts';
import { suite } from './suite.ts';

const day = 86_400_000;

suite('handshakes', (lab) => {
	/** The servers present this certificate from now on. */
	async function present(validity: { readonly notBefore: Date; readonly notAfter: Date }): Promise<void> {
		const { authority, registry } = lab();
		const { key, chain } = await authority.issue({ names: ['registry.test'], ...validity });
		await registry.change({ tls: { key, cert: chain } });
	}

	test.each(['v4', 'v6'] as const)(
		'by %s: the way takes smaller packets than the link, and nobody hears of it',
		async (family) => {
			const { node, registry, dns, router, way } = lab();
			await dns.change({ answers: { 'registry.test': { [family === 'v4' ? 'A' : 'AAAA']: [registry[family][0]] } } });
			const route = `${registry[family][0]} dev ${registry.link} mtu lock 1300`;
			await using _ = await router.ipWhile(`route add ${route}`, `route del ${route}`);
			await way.set(['icmp type destination-unreachable drop', 'icmpv6 type packet-too-big drop'], 'output');
			expect(verdict(await node.attempt({ timeout: 2 }))).toBe('registry tls tls_large_hello_blocked');
			await way.heal();
			expect(verdict(await node.attempt({ timeout: 2 }))).toBe('none');
		},
	);

	test('packets of more than 1,000 bytes to the registry are swallowed', async () => {
		const { node, registry, way } = lab();
		await way.set(toHost(registry, 'meta l4proto tcp meta length > 1000 drop'));
		expect(verdict(await node.attempt())).toBe('registry tls tls_large_hello_blocked');
	});

	test("the server's certificates never arrive", async () => {
		const { node, registry, way } = lab();
		await way.set(fromHost(registry, 'meta l4proto tcp meta length > 300 drop'));
		expect(verdict(await node.attempt())).toBe('registry tls tls_timeout');
	});

	test('nothing arrives after the connection is made', async () => {
		const { node, registry, way } = lab();
		await way.set(fromHost(registry, 'tcp flags & syn == 0 drop'));
		expect(verdict(await node.attempt())).toBe('registry tls tls_timeout');
	});

	test('the first packet of the handshake is answered with RST', async () => {
		const { node, registry, way } = lab();
		await way.set(toHost(registry, 'meta l4proto tcp meta length > 100 reject with tcp reset'));
		expect(verdict(await node.attempt())).toBe('registry tls connection_reset');
	});

	test('the clock of the node is a day slow: the certificate is of tomorrow', async () => {
		const now = Date.now();
		const notBefore = new Date(now + day / 2);
		await present({ notBefore, notAfter: new Date(now + 90 * day) });
		const facts = { issuer: 'Loopback Trust', names: ['registry.test'], verified: false };
		const { verdict: at, facts: told } = ending(await lab().node.attempt());
		expect(at).toBe('registry tls tls_not_yet_valid');
		expect(told).toMatchObject({ ...facts, notBefore: Math.floor(notBefore.getTime() / 1000) });
	});

	test('the clock of the node is a day fast: the certificate was of yesterday', async () => {
		const now = Date.now();
		const notAfter = new Date(now - day / 2);
		await present({ notBefore: new Date(now - 90 * day), notAfter });
		const facts = { verified: false, notAfter: Math.floor(notAfter.getTime() / 1000) };
		expect(ending(await lab().node.attempt())).toMatchObject({ verdict: 'registry tls tls_expired', facts });
	});
});
