import { posix } from 'node:path';

import { printable } from '../../registry/redact.ts';
import type { NodeFault } from '../fault.ts';
import { readDirectory } from './directory.ts';
import type { HostCertificates } from './facts.ts';
import { readHostDirectory } from './hostDirectory.ts';
import { certificateDirectories } from './paths.ts';

const mostHosts = 1000;

/**
 * certs.d of all hosts below `root` (containers-certs.d(5)), by `host[:port]`. For a host only the first directory that
 * is there counts: the home's, `/etc/containers`, `/etc/docker`. What is wrong is put to `faults`.
 */
export function readHostCertificates(
	root: string,
	home: string,
	faults: NodeFault[],
): ReadonlyMap<string, HostCertificates> {
	const found = new Map<string, HostCertificates>();
	for (const directory of certificateDirectories) {
		const inHome = !directory.startsWith('/');
		const listed = readDirectory(root, inHome ? posix.join(home, directory) : directory);
		// A home that is closed to others is no sign of certificates in there.
		if (listed.state === 'unreadable' && !inHome) faults.push(listed.fault);
		if (listed.state !== 'read') continue;
		for (const host of listed.entries.slice(0, mostHosts)) {
			const before = found.get(host.name);
			if (before) faults.push(hidden(host.path, before.directory));
			else found.set(host.name, readHostDirectory(root, host.name, host.path, faults));
		}
	}
	return found;
}

function hidden(directory: string, before: string): NodeFault {
	const detail = `${printable(before, 4096)} stands before it: of a host CRI-O reads only the first directory`;
	return { file: directory, fault: 'setting_ignored', detail };
}
