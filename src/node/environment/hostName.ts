import { hostname } from 'node:os';

import { readBelow } from '../nodeFile.ts';

/** The node's name: what /etc/hostname says, else that of this machine. */
export function readHostName(root: string): string | undefined {
	const lines = (readBelow(root, '/etc/hostname', 1000) ?? '').split('\n', 20).map((line) => line.trim());
	return lines.find((line) => line !== '' && !line.startsWith('#')) ?? hostname();
}
