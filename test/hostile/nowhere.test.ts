import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Namespaces, type Namespace } from '../netns/namespace.ts';
import { needing } from './needing.ts';
import { forbidden, type Namer, namers } from './forbidden.ts';

const program = fileURLToPath(new URL('sendAway.ts', import.meta.url));

/** Counts what leaves for forbidden addresses; on loopback, where the name server is, only what a URL could mean. */
const filter = `
table inet watch {
	counter strayed {}
	chain out {
		type filter hook output priority 0;
		ip daddr { 169.254.0.0/16, 100.100.100.200, 168.63.129.16, 192.0.0.192 } counter name strayed
		ip6 daddr { fe80::/10, fd00:ec2::/32, 64:ff9b::/96, ::ffff:0:0/96 } meta l4proto { tcp, udp } counter name strayed
		ip daddr 127.0.0.0/8 tcp dport { 80, 443 } counter name strayed
		ip6 daddr ::1 tcp dport { 80, 443 } counter name strayed
	}
}
`;

needing(['ip', 'nft', 'nsenter'], 'a registry that sends the agent where it has no business', () => {
	const stack = new AsyncDisposableStack();
	let namespace: Namespace;
	let said: Readonly<Record<string, string>>;

	beforeAll(async () => {
		namespace = await stack.use(new Namespaces()).make('lured');
		// Every address is there, so that nothing but the agent's own restraint keeps packets from leaving.
		await namespace.ip(
			...['192.0.2.1', '169.254.169.254', '100.100.100.200', '168.63.129.16', '192.0.0.192'].map(
				(address) => `address add ${address}/32 dev lo`,
			),
			...['fd00:ec2::254', '64:ff9b::a9fe:a9fe', 'fe80::1'].map((address) => `address add ${address}/128 dev lo nodad`),
		);
		await namespace.run('nft', ['-f', '-'], filter);
		said = JSON.parse(await namespace.run(process.execPath, [program])) as typeof said;
	});

	afterAll(() => stack.disposeAsync());

	test.each(
		(Object.keys(namers) as Namer[]).flatMap((namer) => Object.keys(forbidden).map((title) => [namer, title] as const)),
	)('by %s to %s is refused, and blamed', (namer, title) => {
		expect(said[`${namer}: ${title}`]).toBe(namers[namer]);
	});

	test('sends nobody there', async () => {
		expect(await strayed(namespace)).toBe(0);
		const knock = `require('net').connect(80, '169.254.169.254').on('error', () => {})`;
		await namespace.run(process.execPath, ['-e', knock]);
		expect(await strayed(namespace)).toBeGreaterThan(0);
	});
});

async function strayed(namespace: Namespace): Promise<number> {
	const listed = await namespace.run('nft', ['list', 'counter', 'inet', 'watch', 'strayed']);
	return Number(/packets (\d+)/.exec(listed)?.[1]);
}
