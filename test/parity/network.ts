import { run } from '../netns/namespace.ts';

/**
 * Where addresses of these networks lead. Every address of `good` is this machine's own; what listens there answers, and
 * what does not refuses. The others are as their names say.
 */
export const networks = {
	good: '10.78.0.0/16',
	/** Listed in NO_PROXY by some scenarios. */
	excepted: '10.77.0.0/24',
	dropped: '10.66.0.0/16',
	rejected: '10.67.0.0/16',
	forbidden: '10.68.0.0/16',
	good6: '2001:db8:1::/48',
	dropped6: '2001:db8:66::/48',
	local6: 'fd00:1::/48',
	droppedLocal6: 'fd00:66::/48',
} as const;

/** Addresses that lead nowhere, each in its own way. */
export const nowhere = {
	dropped: '10.66.0.1',
	rejected: '10.67.0.1',
	forbidden: '10.68.0.1',
	noHost: '192.0.2.9',
	noHost6: '2001:db8:9::9',
	noHostLocal6: 'fd00:9::9',
	prohibited: '198.51.100.1',
	blackhole: '198.51.100.2',
	unreachable: '198.51.100.3',
	noRoute: '203.0.113.1',
	noRoute6: '2001:db8:dead::1',
	dropped6: '2001:db8:66::1',
	droppedLocal6: 'fd00:66::1',
} as const;

/** A good address of IPv6 at which a server can listen. */
export const listening6 = '2001:db8:1::7';

const routes = [
	'link set lo up',
	...Object.values(networks).map((network) => `route add local ${network} dev lo`),
	`address add ${listening6}/128 dev lo nodad`,
	'link add near type veth peer name far',
	'link set near up',
	'link set far up',
	'address add 192.0.2.1/24 dev near',
	'address add 2001:db8:9::1/64 dev near nodad',
	'address add fd00:9::1/64 dev near nodad',
	`route add prohibit ${nowhere.prohibited}`,
	`route add blackhole ${nowhere.blackhole}`,
	`route add unreachable ${nowhere.unreachable}`,
];

const filter = `
table inet faults {
	chain arriving {
		type filter hook input priority 0; policy accept;
		ip daddr ${networks.dropped} drop
		ip6 daddr ${networks.dropped6} drop
		ip6 daddr ${networks.droppedLocal6} drop
		ip daddr ${networks.rejected} meta l4proto tcp reject with icmpx type admin-prohibited
	}
	chain leaving {
		type filter hook output priority 0; policy accept;
		ip daddr ${networks.forbidden} meta l4proto tcp drop
	}
}
`;

/** Gives this process's network namespace, which is new and its own, these networks. */
export async function makeNetworks(): Promise<void> {
	await run('ip', ['-batch', '-'], routes.join('\n'));
	await run('nft', ['-f', '-'], filter);
	// An address without a host is given up after 0.3 s, not after 3.
	await run('sysctl', [
		'-q',
		'-w',
		...['ipv4', 'ipv6'].map((family) => `net.${family}.neigh.near.retrans_time_ms=100`),
	]);
}
