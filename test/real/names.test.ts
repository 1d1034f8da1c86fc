import { expect, test } from 'vitest';
import { makeNode } from '../fakes/node.ts';
import { attempt, recordOf, verdict } from '../probe/world.ts';
import { startDnsmasq } from './dnsmasq.ts';
import { without } from './running.ts';
import { suite } from './suite.ts';
import { sharedWorld } from './world.ts';

suite('names from dnsmasq', ['docker-registry', 'skopeo', 'dnsmasq'], () => {
	const world = sharedWorld();

	/** What the attempt says when the nameserver knows this. */
	async function verdictWith(options: Parameters<typeof startDnsmasq>[0]): Promise<string> {
		await using dnsmasq = await startDnsmasq(options);
		await using node = await makeNode({ nameservers: [`127.0.0.1:${dnsmasq.port}`], bundle: world().authority.pem });
		return verdict(await attempt(node, world().target));
	}

	test('stopped, nobody answers', async () => {
		const { node, target, dnsmasq } = world();
		const observation = await without(dnsmasq, () => attempt(node, target));
		expect(verdict(observation)).toBe('registry dns dns_unreachable');
	});

	test('halted, it is waited for in vain', async () => {
		const { node, target, dnsmasq } = world();
		dnsmasq.signal('SIGSTOP');
		try {
			expect(verdict(await attempt(node, { ...target, timeout: 1 }))).toBe('registry dns dns_timeout');
		} finally {
			dnsmasq.signal('SIGCONT');
		}
	});

	test('a name in its domain that it does not know does not exist', async () => {
		expect(await verdictWith({ addresses: {}, domains: ['test'] })).toBe('registry dns dns_name_not_found');
	});

	test('a name that it would have to ask others for is refused', async () => {
		expect(await verdictWith({ addresses: {} })).toBe('registry dns dns_refused');
	});

	test('the address of the name counts, with one family alone', async () => {
		expect(await verdictWith({ addresses: { 'registry.test': '::1' } })).toBe('registry tcp tcp_refused');
	});

	test('a second nameserver answers for a first one that is down, and both are told', async () => {
		const { dnsmasq, target, authority } = world();
		await using other = await startDnsmasq({ addresses: { 'registry.test': '127.0.0.1' }, domains: ['test'] });
		const nameservers = [`127.0.0.1:${dnsmasq.port}`, `127.0.0.1:${other.port}`];
		await using node = await makeNode({ nameservers, bundle: authority.pem });
		const observation = await without(dnsmasq, () => attempt(node, target));
		expect(verdict(observation)).toBe('none');
		const [down, up] = nameservers;
		expect(recordOf(observation, 'registry', 'dns').facts?.['nameservers']).toMatchObject([
			{ server: down, family: 'ipv4', success: false, reason: 'dns_unreachable' },
			{ server: down, family: 'ipv6', success: false, reason: 'dns_unreachable' },
			{ server: up, family: 'ipv4', success: true },
			{ server: up, family: 'ipv6', success: true },
		]);
	});
});
