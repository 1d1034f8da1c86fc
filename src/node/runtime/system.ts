import { release } from 'node:os';

import { printable } from '../../registry/redact.ts';
import { readBelow } from '../nodeFile.ts';
import { type Platform, readPlatform } from '../vantage.ts';

/** What a node runs on. */
export interface NodeSystem {
	/** Release of the kernel: `6.8.0-45-generic`. */
	readonly kernel: string;
	/** `Ubuntu 24.04.1 LTS`; absent where os-release says nothing. */
	readonly os?: string;
	readonly platform: Platform;
}

/** os-release(5). */
const releaseFiles = ['/etc/os-release', '/usr/lib/os-release'];

/** Kernel, distribution and platform of the node below `root`. Throws only when this process is out of descriptors. */
export function readSystem(root: string): NodeSystem {
	const kernel = printable(readBelow(root, '/proc/sys/kernel/osrelease', 200)?.trim() ?? '');
	const os = releaseFiles
		.map((file) => prettyName(readBelow(root, file, 64 * 1024)))
		.find((name) => name !== undefined);
	return {
		kernel: kernel === '' ? release() : kernel,
		...(os !== undefined && { os }),
		platform: readPlatform(),
	};
}

function prettyName(text = ''): string | undefined {
	const [, value] = /^PRETTY_NAME=(.{1,200})$/m.exec(text) ?? [];
	return value === undefined ? undefined : printable(value.trim().replace(/^(["'])(.*)\1$/, '$2'));
}
