import { userInfo } from 'node:os';
import { type Program, startOnFreePort } from './running.ts';

/** Names and addresses that dnsmasq answers for; it asks nobody else. */
export interface DnsmasqOptions {
	readonly addresses: Readonly<Record<string, string>>;
	/** Domains of which it knows all names: any other one does not exist. What is outside is refused. */
	readonly domains?: readonly string[];
}

/** Starts dnsmasq as a nameserver on 127.0.0.1. */
export async function startDnsmasq({ addresses, domains = [] }: DnsmasqOptions): Promise<Program> {
	return await startOnFreePort((port) => {
		const flags = [
			'--keep-in-foreground',
			'--conf-file=/dev/null',
			'--pid-file=',
			`--user=${userInfo().username}`,
			'--no-resolv',
			'--no-hosts',
			'--listen-address=127.0.0.1',
			'--bind-interfaces',
			`--port=${port}`,
			'--log-queries',
			'--log-facility=-',
		];
		const names = Object.entries(addresses).map(([name, address]) => `--host-record=${name},${address}`);
		const known = domains.map((domain) => `--local=/${domain}/`);
		return { name: 'dnsmasq', port, args: [...flags, ...names, ...known] };
	});
}
