import { afterAll, beforeEach, expect, test } from 'vitest';

import { Agent } from './agent.ts';
import { dropSyn, refuse, toHost } from './firewall.ts';
import type { Lab } from './lab.ts';
import { suite } from './suite.ts';

/** What breaks → how, and what the agent then says. */
const faults: Readonly<Record<string, readonly [(lab: Lab) => Promise<unknown>, string]>> = {
	'connections to the registry are dropped': [
		async ({ way, registry }) => await way.set(toHost(registry, dropSyn)),
		'registry tcp tcp_timeout',
	],
	'connections to the token host are refused': [
		async ({ way, token }) => await way.set(toHost(token, refuse)),
		'token tcp tcp_refused',
	],
	'the blob host falls silent': [
		async ({ blob }) => await blob.change({ respond: 'silence' }),
		'blob blob http_timeout',
	],
	'the nameserver is cut off': [async ({ way, dns }) => await way.set(toHost(dns, 'drop')), 'registry dns dns_timeout'],
	'the name has gone': [
		async ({ dns }) => await dns.change({ answers: { 'registry.test': { rcode: 'NXDOMAIN' } } }),
		'registry dns dns_name_not_found',
	],
	'the way takes smaller packets': [
		async ({ way, registry }) => await way.set(toHost(registry, 'meta l4proto tcp meta length > 1000 drop')),
		'registry tls tls_large_hello_blocked',
	],
};

suite('an agent on a node', (lab) => {
	let agent: Agent | undefined;
	const running = () => {
		if (!agent) throw new TypeError('the agent runs only while a test does');
		return agent;
	};
	beforeEach(async () => {
		agent ??= await Agent.start(lab().node, 'node');
		await agent.shows();
	});
	afterAll(async () => await agent?.[Symbol.asyncDispose]());

	test.each(Object.keys(faults))('%s: shown in time, and gone in time', async (name) => {
		const [breakIt, failure] = faults[name] ?? [];
		await breakIt?.(lab());
		await running().shows(failure ?? '');
		expect(await running().value('success')).toBe(0);
		expect(await running().value('pull_success')).toBe(0);
		await lab().heal();
		await running().shows();
		expect(await running().value('success')).toBe(1);
		expect(await running().value('pull_success')).toBe(1);
	});

	test('a link that flaps', async () => {
		const { node, router } = lab();
		for (let round = 0; round < 3; round++) {
			{
				await using _ = await router.ipWhile(`link set ${node.link} down`, `link set ${node.link} up`);
				await running().shows('registry dns dns_timeout');
			}
			await running().shows();
		}
		expect(await running().value('failures_total')).toBeGreaterThanOrEqual(3);
	});
});
