import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

import { expect, test } from 'vitest';

import type { DialFacts } from '../../src/probe/dial/dial.ts';
import { recordOf, verdict } from '../probe/world.ts';
import { registryAt } from './expectations.ts';
import type { NodeHost } from './nodeHost.ts';
import { suite } from './suite.ts';
import { withoutIPv4, withoutIPv6 } from './withoutFamily.ts';

const program = new URL('../../src/main.ts', import.meta.url).pathname;
const port = 9917;

/** An agent that listens as it does by default, until it is disposed of. */
async function listeningAgent(node: NodeHost): Promise<AsyncDisposable> {
	await node.files.write('config.yaml', 'registries: []\n');
	const { root } = node.files;
	const args = ['--no-warnings', program, 'agent', '--config', `${root}/config.yaml`, '--root', root];
	const child = node.namespace.spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
	let written = '';
	child.stderr?.setEncoding('utf8').on('data', (text: string) => (written += text));
	for (const end = performance.now() + 20_000; !written.includes('agent listens'); await sleep(50)) {
		if (performance.now() > end) throw new Error(`the agent does not listen: ${written}`);
	}
	const stop = async () => {
		const ended = once(child, 'exit');
		child.kill('SIGTERM');
		await ended;
	};
	return { [Symbol.asyncDispose]: stop };
}

suite('a node of one family', (lab) => {
	test('without IPv4 a pull goes by IPv6, names included', async () => {
		const { node, registry, dns } = lab();
		await using _ = await withoutIPv4(node);
		await node.useNameservers(dns.v6[0]);
		const observation = await node.attempt();
		expect(verdict(observation)).toBe('none');
		const facts = recordOf(observation, 'registry', 'tcp').facts as DialFacts;
		expect(facts.used).toBe(registry.v6[0]);
		expect(facts.addresses).toEqual([
			expect.objectContaining({ family: 'ipv6', state: 'reachable' }),
			expect.objectContaining({ family: 'ipv4', state: 'unreachable' }),
		]);
	});

	test('without IPv4 a private IPv6 address is dialled before an IPv4 address, to which no route leads', async () => {
		const { node, registry } = lab();
		await using _ = await withoutIPv4(node);
		await using _own = await node.namespace.ipWhile(
			'address add fd00:5::1/64 dev eth0 nodad',
			'address del fd00:5::1/64 dev eth0',
		);
		const order = new URL('../../src/probe/dial/order.ts', import.meta.url).href;
		const asked = JSON.stringify([registry.v4[0], 'fd00:5::2']);
		const script = `import { inDialOrder } from '${order}'; console.log((await inDialOrder(${asked})).join(' '))`;
		const told = await node.namespace.run(process.execPath, ['--input-type=module', '-e', script]);
		expect(told.trim()).toBe(`fd00:5::2 ${registry.v4[0]}`);
	});

	test('a registry without IPv6 addresses cannot be reached from there', async () => {
		const { node, registry, dns } = lab();
		await using _ = await withoutIPv4(node);
		await node.useNameservers(dns.v6[0]);
		await dns.change(registryAt(...registry.v4.slice(0, 1)));
		expect(verdict(await node.attempt())).toBe('registry tcp tcp_unreachable');
	});

	test('without IPv4 an agent is scraped by IPv6', async () => {
		const { node, second } = lab();
		await using _ = await withoutIPv4(node);
		await using __ = await listeningAgent(node);
		expect(await second.get(`http://[${node.v6[0]}]:${port}/metrics`)).toContain('registry_probe_build_info');
	});

	test('without IPv6 it is scraped by IPv4', async () => {
		const { node, second } = lab();
		await using _ = await withoutIPv6(node);
		await using __ = await listeningAgent(node);
		expect(await second.get(`http://${node.v4[0]}:${port}/metrics`)).toContain('registry_probe_build_info');
	});
});
