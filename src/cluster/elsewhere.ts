import { isIP } from 'node:net';

import { isLinkLocalOrMetadata, isLoopback } from '../registry/reservedAddress.ts';

/** Names of this machine, and of metadata services that clouds have on link-local addresses. */
const reserved: ReadonlySet<string> = new Set([
	'localhost',
	'localhost.localdomain',
	'localhost4',
	'localhost6',
	'ip6-localhost',
	'ip6-loopback',
	'metadata',
	'metadata.google.internal',
	'instance-data',
	'instance-data.ec2.internal',
]);

/**
 * Whether a host is one that may be asked because a pod names it: no loopback or link-local address or name, and no
 * metadata service of a cloud. `printer.local` is a link-local name (https://www.rfc-editor.org/rfc/rfc6762#section-3);
 * names with more parts below `local` stand in the DNS of many companies and are left alone.
 */
export function isElsewhere(hostname: string): boolean {
	if (isIP(hostname) !== 0) return !isLoopback(hostname) && !isLinkLocalOrMetadata(hostname) && !isMulticast(hostname);
	return !reserved.has(hostname) && !hostname.endsWith('.localhost') && !/^[^.]*\.local$/.test(hostname);
}

function isMulticast(address: string): boolean {
	return /^(?:22[4-9]|2[3-5]\d)\.|^ff/i.test(address);
}
