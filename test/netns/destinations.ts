import type { Namespace } from './namespace.ts';

/** Notes whom a namespace sends to, whatever becomes of it. Neighbours are sought by ICMPv6: that is no destination. */
const notes = `
table inet noted {
	set four { type ipv4_addr . inet_proto . inet_service; size 65535; flags dynamic; }
	set six { type ipv6_addr . inet_proto . inet_service; size 65535; flags dynamic; }
	counter others {}
	chain out {
		type filter hook output priority -200;
		oifname "lo" accept
		ip protocol { tcp, udp } add @four { ip daddr . ip protocol . th dport } accept
		ip6 nexthdr { tcp, udp } add @six { ip6 daddr . ip6 nexthdr . th dport } accept
		meta l4proto != ipv6-icmp counter name others
	}
}
`;

type Element = { readonly concat: readonly (string | number)[] };

interface Listed {
	readonly nftables: readonly {
		readonly set?: { readonly elem?: readonly (Element | { readonly elem: { readonly val: Element } })[] };
		readonly counter?: { readonly packets: number };
	}[];
}

/** Where everything that leaves a namespace goes, from its making on. */
export class Destinations implements AsyncDisposable {
	readonly #namespace: Namespace;

	private constructor(namespace: Namespace) {
		this.#namespace = namespace;
	}

	static async of(namespace: Namespace): Promise<Destinations> {
		await namespace.run('nft', ['-f', '-'], notes);
		return new Destinations(namespace);
	}

	/** `198.51.100.18 tcp 443`, each once and sorted. Throws when packets of another protocol have left. */
	async seen(): Promise<readonly string[]> {
		const { nftables } = JSON.parse(
			await this.#namespace.run('nft', ['-j', 'list', 'table', 'inet', 'noted']),
		) as Listed;
		const strange = nftables.reduce((sum, { counter }) => sum + (counter?.packets ?? 0), 0);
		if (strange > 0) throw new Error(`${strange} packets of other protocols have left`);
		const elements = nftables.flatMap(({ set }) => set?.elem ?? []);
		return elements.map((each) => ('elem' in each ? each.elem.val : each).concat.join(' ')).toSorted();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#namespace.run('nft', ['delete', 'table', 'inet', 'noted']);
	}
}
