import { componentPath } from './component.ts';
import type { Directory } from './directory.ts';
import { type Program, startOnFreePort } from './running.ts';

export interface SquidOptions {
	/** Where its configuration is. */
	readonly directory: Directory;
	/** Names that it knows, and their addresses; it asks no nameserver. */
	readonly hosts: Readonly<Record<string, string>>;
	/** A file of htpasswd: whoever is in it may pass. Default: everybody may. */
	readonly passwords?: string;
	/** Hosts to which nobody may go. */
	readonly denied?: readonly string[];
}

function configuration({ directory, hosts, passwords, denied = [] }: SquidOptions, port: number): string {
	const known = Object.entries(hosts).map(([name, address]) => `${address} ${name}\n`);
	const login = passwords !== undefined && [
		`auth_param basic program ${componentPath('basic_ncsa_auth')} ${passwords}`,
		'acl known proxy_auth REQUIRED',
		'http_access deny !known',
	];
	const lines = [
		`http_port 127.0.0.1:${port}`,
		`hosts_file ${directory.write(`squid-${port}.hosts`, known.join(''))}`,
		// Nobody listens there: what the file does not name is not found.
		'dns_nameservers 127.0.0.1',
		'dns_timeout 500 milliseconds',
		'dns_retransmit_interval 500 milliseconds',
		'forward_timeout 1 second',
		'pid_filename none',
		'cache deny all',
		'access_log none',
		'cache_log /dev/null',
		'netdb_filename none',
		'pinger_enable off',
		'visible_hostname proxy.test',
		...denied.flatMap((host) => [`acl denied dstdomain ${host}`]),
		...(denied.length > 0 ? ['http_access deny denied'] : []),
		...(login || []),
		'http_access allow all',
	];
	return `${lines.join('\n')}\n`;
}

/** Starts squid as a forward proxy. */
export async function startSquid(options: SquidOptions): Promise<Program> {
	return await startOnFreePort((port) => {
		const file = options.directory.write(`squid-${port}.conf`, configuration(options, port));
		// Asked to end, it waits for two seconds.
		return { name: 'squid', port, args: ['-N', '-d', '1', '-f', file], endedBy: 'SIGKILL' };
	});
}
