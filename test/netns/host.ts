import { Firewall } from './firewall.ts';
import type { Namespace, Namespaces } from './namespace.ts';
import { run } from './namespace.ts';

/** How many addresses of each family a host has. */
const addresses = 4;

/** A host on a link of its own to the router, in a namespace of its own, with addresses that are kept for documentation. */
export class Host {
	readonly namespace: Namespace;
	/** Its own packet filter. */
	readonly firewall: Firewall;
	/** The router's end of the link. */
	readonly link: string;
	readonly v4: readonly [string, ...string[]];
	readonly v6: readonly [string, ...string[]];
	/** The router's addresses on its link. */
	readonly gateway: { readonly v4: string; readonly v6: string };
	/** Addresses of its link at which there is nobody. */
	readonly nobody: { readonly v4: string; readonly v6: string };
	/** Its whole networks. */
	readonly network: { readonly v4: string; readonly v6: string };

	/** `number`: 1 to 15, another one for each host. */
	constructor(namespace: Namespace, name: string, number: number) {
		const v4 = (last: number) => `198.51.100.${16 * number + last}`;
		const v6 = (last: number) => `2001:db8:0:${number}::${last}`;
		const more = Array.from({ length: addresses - 1 }, (_, at) => at + 3);
		this.namespace = namespace;
		this.firewall = new Firewall(namespace);
		this.link = `to-${name}`;
		this.v4 = [v4(2), ...more.map(v4)];
		this.v6 = [v6(2), ...more.map(v6)];
		this.gateway = { v4: v4(1), v6: v6(1) };
		this.nobody = { v4: v4(9), v6: v6(9) };
		this.network = { v4: `198.51.100.${16 * number}/28`, v6: `2001:db8:0:${number}::/64` };
	}

	/** The lines of `ip -batch` that make the router its gateway. */
	get defaultRoutes(): readonly string[] {
		return [`route replace default via ${this.gateway.v4}`, `route replace default via ${this.gateway.v6}`];
	}

	/** Connects it with the router, which is its gateway. */
	async plugInto(router: Namespace): Promise<void> {
		const { v4, v6 } = this.gateway;
		const [here, there] = [this.namespace.name, router.name];
		await run('ip', ['-batch', '-'], `link add eth0 netns ${here} type veth peer name ${this.link} netns ${there}`);
		// Packets leave as they would on a wire, not as bundles of many: faults that count or measure packets need that.
		await router.ip(
			`address add ${v4}/28 dev ${this.link}`,
			`address add ${v6}/64 dev ${this.link} nodad`,
			`link set ${this.link} gso_max_segs 1 up`,
		);
		await this.namespace.ip(
			...this.v4.map((address) => `address add ${address}/28 dev eth0`),
			// The last one that was added would be the one to send from.
			...this.v6.toReversed().map((address) => `address add ${address}/64 dev eth0 nodad`),
			'link set eth0 gso_max_segs 1 up',
			...this.defaultRoutes,
		);
		// An address without a host is given up after 0.3 s, not after 3.
		await this.namespace.sysctl('net.ipv4.neigh.eth0.retrans_time_ms=100', 'net.ipv6.neigh.eth0.retrans_time_ms=100');
	}
}

/** A router between hosts: forwards everything, tells every error at once. */
export async function makeRouter(namespaces: Namespaces): Promise<Namespace> {
	const router = await namespaces.make('router');
	await router.sysctl(
		'net.ipv4.ip_forward=1',
		'net.ipv6.conf.all.forwarding=1',
		'net.ipv4.icmp_ratelimit=0',
		'net.ipv6.icmp.ratelimit=0',
	);
	return router;
}
