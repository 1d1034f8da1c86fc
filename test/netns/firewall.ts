import type { Namespace } from './namespace.ts';

/** Where a packet is met: passing through, on its way out, on its way in. */
export type Hook = 'forward' | 'output' | 'input';

/** The packet filter of a namespace (nft(8)). It lets everything through until faults are set. */
export class Firewall {
	readonly #namespace: Namespace;
	#faulty = false;

	constructor(namespace: Namespace) {
		this.#namespace = namespace;
	}

	/** Sets these rules in place of all others, at once. */
	async set(rules: readonly string[], hook: Hook = 'forward'): Promise<void> {
		await this.#fail(`filter hook ${hook} priority 0`, rules);
	}

	/** Sets a rule of address translation in place of all others: where connections are led in truth. */
	async redirect(rule: string): Promise<void> {
		await this.#fail('nat hook prerouting priority -100', [rule]);
	}

	/** Lets everything through again. */
	async heal(): Promise<void> {
		if (this.#faulty) await this.#apply([]);
		this.#faulty = false;
	}

	async #fail(chain: string, rules: readonly string[]): Promise<void> {
		this.#faulty = true;
		await this.#apply([`chain faults { type ${chain}; policy accept;`, ...rules, '}']);
	}

	async #apply(chain: readonly string[]): Promise<void> {
		const lines = ['table inet faults', 'delete table inet faults', 'table inet faults {', ...chain, '}'];
		await this.#namespace.run('nft', ['-f', '-'], `${lines.join('\n')}\n`);
	}
}

interface Networked {
	readonly network: { readonly v4: string; readonly v6: string };
}

/** Matches packets to an address or network. */
export function to(address: string): string {
	return `${address.includes(':') ? 'ip6' : 'ip'} daddr ${address}`;
}

/** Matches packets from an address or network. */
export function from(address: string): string {
	return `${address.includes(':') ? 'ip6' : 'ip'} saddr ${address}`;
}

/** One rule for each family: what happens to packets to a host. */
export function toHost({ network }: Networked, rule: string): string[] {
	return [`${to(network.v4)} ${rule}`, `${to(network.v6)} ${rule}`];
}

/** One rule for each family: what happens to packets from a host. */
export function fromHost({ network }: Networked, rule: string): string[] {
	return [`${from(network.v4)} ${rule}`, `${from(network.v6)} ${rule}`];
}

/** The first packet of a TCP connection is swallowed. */
export const dropSyn = 'tcp flags & (syn | ack) == syn drop';

/** The sender is told that the port is closed. */
export const refuse = 'meta l4proto tcp reject with tcp reset';
