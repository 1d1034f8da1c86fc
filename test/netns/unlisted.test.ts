import { expect, test } from 'vitest';

import { recordOf, verdict } from '../probe/world.ts';
import { registryAt } from './expectations.ts';
import { dropSyn, from, fromHost, to, toHost } from './firewall.ts';
import { patience } from './nodeHost.ts';
import { suite } from './suite.ts';

suite('faults that happen all the same', (lab) => {
	test('the gateway has another hardware address than the node believes', async () => {
		const { node } = lab();
		const neighbour = `${node.gateway.v4} dev eth0`;
		await using _ = await node.namespace.ipWhile(
			`neighbour replace ${neighbour} lladdr 02:00:00:00:00:01 nud permanent`,
			`neighbour del ${neighbour}`,
		);
		expect(verdict(await node.attempt())).toBe('registry dns dns_timeout');
	});

	test('answers come back another way, where a firewall does not know the connection', async () => {
		const { node, registry, way } = lab();
		await way.set(fromHost(registry, 'tcp flags & (syn | ack) == syn | ack drop'));
		expect(verdict(await node.attempt())).toBe('registry tcp tcp_timeout');
	});

	test('packets go round in a circle until their time to live is over', async () => {
		const { node, registry, router, dns } = lab();
		await dns.change(registryAt('203.0.113.1'));
		await router.ip(`route replace 203.0.113.1 via ${registry.v4[0]}`);
		await registry.namespace.sysctl('net.ipv4.ip_forward=1');
		const observation = await node.attempt({ timeout: patience });
		await registry.namespace.sysctl('net.ipv4.ip_forward=0');
		expect(verdict(observation)).toBe('registry tcp tcp_unreachable');
	});

	test("the node has the registry's address itself", async () => {
		const { node, registry, dns } = lab();
		const address = registry.v4[0];
		await dns.change(registryAt(address));
		await using _ = await node.namespace.ipWhile(
			`address add ${address}/32 dev lo`,
			`address del ${address}/32 dev lo`,
		);
		expect(verdict(await node.attempt())).toBe('registry tcp tcp_refused');
	});

	test('a local resolver that is configured and does not run', async () => {
		const { node } = lab();
		await node.useNameservers('127.0.0.53');
		const observation = await node.attempt();
		expect(verdict(observation)).toBe('registry dns dns_unreachable');
		expect(observation.records[0]).toMatchObject({ detail: 'ECONNREFUSED from 127.0.0.53' });
	});

	test('connections are led to somebody else who speaks no TLS', async () => {
		const { node, proxy, registry, way, dns } = lab();
		await dns.change(registryAt(registry.v4[0]));
		await way.redirect(`${to(registry.v4[0])} tcp dport 443 dnat ip to ${proxy.v4[0]}:3128`);
		expect(verdict(await node.attempt())).toBe('registry tls tls_plaintext_server');
	});

	test('connections are led to somebody else who speaks TLS', async () => {
		const { node, blob, registry, authority, way, dns } = lab();
		await dns.change(registryAt(registry.v4[0]));
		const { key, chain } = await authority.issue({ names: ['somebody.test'] });
		await blob.change({ tls: { key, cert: chain } });
		await way.redirect(`${to(registry.v4[0])} tcp dport 443 dnat ip to ${blob.v4[0]}`);
		expect(verdict(await node.attempt())).toBe('registry tls tls_name_mismatch');
	});

	test('the first SYN is lost, the second one is not', async () => {
		const { node, registry, way } = lab();
		await way.set(toHost(registry, 'tcp flags & (syn | ack) == syn numgen inc mod 2 == 0 drop'));
		const observation = await node.attempt({ timeout: 3 });
		expect(verdict(observation)).toBe('none');
		expect(recordOf(observation, 'registry', 'tcp').seconds).toBeGreaterThan(0.3);
	});

	test('ICMP says in the middle of a connection that the host has gone', async () => {
		const { node, token, way } = lab();
		await way.set(toHost(token, 'meta l4proto tcp meta length > 100 reject with icmpx type host-unreachable'));
		expect(verdict(await node.attempt())).toBe('token tls tls_timeout');
	});

	test('answers of more than one packet are lost, small ones are not', async () => {
		const { node, dns, way } = lab();
		const many = Array.from({ length: 200 }, (_, at) => `203.0.113.${at + 1}`);
		await dns.change(registryAt(...many));
		await way.set([
			`${from(dns.network.v4)} ip frag-off & 0x3fff != 0 drop`,
			`${from(dns.network.v4)} udp length > 1300 drop`,
		]);
		expect(verdict(await node.attempt())).toBe('registry dns dns_timeout');
	});

	test('only new connections to the blob host are dropped, and its certificate is right', async () => {
		const { node, blob, way } = lab();
		await way.set(toHost(blob, `ct state new ${dropSyn}`));
		expect(verdict(await node.attempt())).toBe('blob tcp tcp_timeout');
	});

	test('the way lets a few packets a second through', async () => {
		const { node, registry, way } = lab();
		await way.set(toHost(registry, 'meta l4proto tcp limit rate over 2/second burst 3 packets drop'));
		expect(verdict(await node.attempt())).toMatch(
			/^registry (tls tls_timeout|challenge http_timeout|manifest http_timeout)$/,
		);
	});
});
