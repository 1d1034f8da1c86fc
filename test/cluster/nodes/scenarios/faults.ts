import { expect, test } from 'vitest';
import { readMessage } from '../../../../src/explain/readMessage.ts';
import { from } from '../../../netns/firewall.ts';
import { hub, servers } from '../addresses.ts';
import { askAll } from '../ownCommand.ts';
import { agentOf, isCalm, podAgentOf, shows } from '../seen.ts';
import { type Here, nodesOf } from '../suite.ts';
import { complaint, createPod, runs } from '../team.ts';
import { conditionsAre, isTold } from '../told.ts';

/** What goes wrong between one node and a registry. */
export function faults(here: Here): void {
	test("one node's path to a registry is cut", async () => {
		const cluster = here();
		const [a, b] = nodesOf(cluster);
		await isCalm(cluster);
		await b.firewall.set([`${from(servers['registry.test'])} drop`], 'input');
		await createPod(cluster, { name: 'cut', node: b, image: 'registry.test/team/app:1' });
		await createPod(cluster, { name: 'fine', node: a, image: 'registry.test/team/app:1' });
		await shows(cluster, { [b.name]: ['registry.test registry tcp tcp_timeout'] });
		await runs(cluster, 'fine');
		const { message = '' } = await complaint(cluster, 'cut');
		const place = { reason: 'tcp_timeout', host: 'registry.test' } as const;
		expect(readMessage(message)).toMatchObject(place);
		await isTold(cluster, { pod: 'cut', node: b, as: { ...place, cause: 'node', explained: 'probe' } });
		await conditionsAre(cluster, 'True', 'False', 'True');
		const { verdicts } = await askAll(cluster);
		const fault = { ...place, role: 'registry', stage: 'tcp' };
		expect(verdicts).toMatchObject([{ kind: 'pull', scope: 'node', of: ['registry.test'], nodes: [b.name], fault }]);
		await cluster.heal();
		await isCalm(cluster);
		await conditionsAre(cluster, 'True', 'True', 'True');
	});

	test("one node's nameserver is silent to it, and not to its pods", async () => {
		const cluster = here();
		const [a] = nodesOf(cluster);
		await isCalm(cluster);
		await a.firewall.set([`${from(hub)} meta l4proto { tcp, udp } th sport 53 drop`], 'input');
		await createPod(cluster, { name: 'nameless', node: a, image: 'registry.test/team/app:1' });
		const words = 'registry dns dns_timeout';
		await shows(cluster, { [a.name]: [`limited.test ${words}`, `registry.test ${words}`] });
		const inPod = await podAgentOf(cluster, a);
		expect(await inPod.failures()).toEqual([]);
		expect(await inPod.value('pull_success', { registry: 'registry.test' })).toBe(1);
		const { message = '' } = await complaint(cluster, 'nameless');
		expect(readMessage(message)).toMatchObject({ reason: 'dns_timeout' });
		const as = { cause: 'node', explained: 'probe', reason: 'dns_timeout' } as const;
		await isTold(cluster, { pod: 'nameless', node: a, as });
		await cluster.heal();
		await isCalm(cluster);
	});

	test('one node has used up what a registry lets it pull', async () => {
		const cluster = here();
		const [a, , c] = nodesOf(cluster);
		await isCalm(cluster);
		cluster.registries.limited.add(c.address);
		await createPod(cluster, { name: 'limited', node: c, image: 'limited.test/team/app:1' });
		await createPod(cluster, { name: 'unlimited', node: a, image: 'limited.test/team/app:1' });
		await shows(cluster, { [c.name]: ['limited.test registry manifest rate_limited'] });
		await runs(cluster, 'unlimited');
		const { message = '' } = await complaint(cluster, 'limited');
		const place = { reason: 'rate_limited', host: 'limited.test' } as const;
		expect(readMessage(message)).toMatchObject(place);
		await isTold(cluster, { pod: 'limited', node: c, as: { ...place, cause: 'rate_limit', explained: 'probe' } });
		expect(await agentOf(c).value('pull_success', { registry: 'registry.test' })).toBe(1);
		await cluster.heal();
		await isCalm(cluster);
	});
}
