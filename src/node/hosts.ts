import { hostsKey } from '../registry/domainName.ts';
import { printable } from '../registry/redact.ts';
import type { NodeFault } from './fault.ts';
import { readIpLiteral } from './ipLiteral.ts';
import { readFields, readLines } from './lines.ts';

/** Name (as `hostsKey` gives it) → addresses in the order of the file. */
export type Hosts = ReadonlyMap<string, readonly string[]>;

/** What /etc/hosts says, and its lines that Go passes over. */
export interface HostsFile {
	readonly hosts: Hosts;
	readonly faults: readonly NodeFault[];
}

export const hostsFile = '/etc/hosts';
const mostFaults = 10;

/**
 * Reads the text of /etc/hosts as Go does (https://go.dev/src/net/hosts.go): names without regard to case, all lines add
 * up; undefined (no file) names nobody. Never throws.
 */
export function readHosts(text = ''): HostsFile {
	const hosts = new Map<string, string[]>();
	const faults: NodeFault[] = [];
	for (const [at, line] of readLines(text).entries()) {
		const [first = '', ...names] = readFields(line.split('#', 1)[0] ?? '');
		if (names.length === 0) continue;
		const address = readIpLiteral(first);
		if (address === undefined) {
			if (faults.length < mostFaults) faults.push(noAddress(at + 1, first));
			continue;
		}
		for (const key of names.map(hostsKey)) {
			const known = hosts.get(key);
			if (known) known.push(address);
			else hosts.set(key, [address]);
		}
	}
	return { hosts, faults };
}

function noAddress(line: number, text: string): NodeFault {
	const detail = `${JSON.stringify(printable(text, 60))} is no address; the runtime passes over the line`;
	return { file: hostsFile, line, fault: 'setting_invalid', detail };
}
