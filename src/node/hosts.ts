import { isIP } from 'node:net';

/** Name (lower case, without a dot at the end) → addresses in the order of the file. */
export type Hosts = ReadonlyMap<string, readonly string[]>;

/** Reads the text of /etc/hosts as Go does (https://go.dev/src/net/hosts.go): names without regard to case, all lines add up. Never throws. */
export function readHosts(text: string | undefined): Hosts {
	const hosts = new Map<string, string[]>();
	for (const line of (text ?? '').split('\n', 100_000)) {
		const [address, ...names] = line.replace(/#.*$/, '').trim().split(/\s+/);
		if (address === undefined || isIP(address.replace(/%.*$/, '')) === 0) continue;
		for (const name of names) {
			const key = name.toLowerCase().replace(/\.$/, '');
			const known = hosts.get(key);
			if (!known) hosts.set(key, [address]);
			else if (!known.includes(address)) known.push(address);
		}
	}
	return hosts;
}
