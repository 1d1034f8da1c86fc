import { hostname } from 'node:os';

import { printable } from '../registry/redact.ts';
import type { NodeFault } from './fault.ts';
import { type Hosts, hostsFile, readHosts } from './hosts.ts';
import { linkBelow } from './link.ts';
import { readNodeFile } from './nodeFile.ts';
import { type LookupOrder, nsswitchFile, readNsswitch } from './nsswitch.ts';
import { type Nameserver, readNameservers, readResolvConf, type ResolvConf, resolvConfFile } from './resolvConf.ts';

/** How this node's runtime comes from names to addresses. */
export interface Names {
	readonly resolver: ResolvConf;
	readonly hosts: Hosts;
	readonly lookup: LookupOrder;
	/** Where systemd-resolved asks, when its stub is the nameserver. For people: the runtime asks the stub. */
	readonly upstreams: readonly Nameserver[];
	readonly faults: readonly NodeFault[];
}

const resolvedFile = '/run/systemd/resolve/resolv.conf';
/** The stubs of systemd-resolved (https://www.freedesktop.org/software/systemd/man/systemd-resolved.service.html). */
const stubs: ReadonlySet<string> = new Set(['127.0.0.53', '127.0.0.54']);

/** Reads resolv.conf, hosts and nsswitch.conf below `root`. Throws as `readNodeFile` does. */
export function readNames(root: string): Names {
	const faults: NodeFault[] = [];
	const read = (path: string): string | undefined => {
		const file = readNodeFile(root, path);
		if (file.state === 'unreadable') faults.push(file.fault);
		if (file.state === 'missing') faults.push(...leadingNowhere(root, path));
		return file.state === 'read' ? file.text : undefined;
	};
	const resolver = readResolvConf(read(resolvConfFile), hostname());
	const { hosts, faults: passedOver } = readHosts(read(hostsFile));
	const order = readNsswitch(read(nsswitchFile));
	const stubbed = resolver.nameservers.some(({ address }) => stubs.has(address));
	const upstreams = stubbed ? readNameservers(read(resolvedFile) ?? '').nameservers : [];
	const [unknown] = resolver.unknown;
	const libc = unknown === undefined ? order.libc : `resolv.conf says ${unknown}`;
	return {
		resolver,
		hosts,
		lookup: { sources: order.sources, ...(libc !== undefined && { libc }) },
		upstreams: upstreams.filter(({ address }) => !stubs.has(address)),
		faults: [...faults, ...resolver.faults, ...passedOver],
	};
}

/** A link leads nowhere when the directory behind it is not mounted in the pod: then the runtime reads what we do not. */
function leadingNowhere(root: string, path: string): NodeFault[] {
	const link = linkBelow(root, path);
	if (link === undefined) return [];
	const remedy = root === '/' ? '' : '; if the node has it, it is missing below node.root: mount its directory';
	const detail = `it is a link to ${printable(link, 200)}, where nothing can be found${remedy}`;
	return [{ file: path, fault: 'file_unreadable', detail }];
}
