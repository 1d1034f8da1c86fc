import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Namespace } from './namespace.ts';
import { prefix } from './translator.ts';

/** Where it answers, and whom it asks. */
export interface Dns64Options {
	readonly address: string;
	readonly upstream: string;
}

/** Names below `test` are nobody's for unbound, unless it is told otherwise (RFC 6761). */
const configuration = ({ address, upstream }: Dns64Options) => `
server:
  interface: ${address}
  outgoing-interface: ${address}
  access-control: ::/0 allow
  module-config: "dns64 iterator"
  dns64-prefix: ${prefix}
  local-zone: "test." transparent
  num-threads: 1
  cache-max-ttl: 0
  do-daemonize: no
  use-syslog: no
  chroot: ""
  username: ""
  pidfile: ""
forward-zone:
  name: "."
  forward-addr: ${upstream}
remote-control:
  control-enable: no
`;

/** Starts unbound as a nameserver that makes IPv6 addresses out of IPv4 ones where a name has no others (RFC 6147). */
export async function startDns64(namespace: Namespace, options: Dns64Options): Promise<AsyncDisposable> {
	const directory = await mkdtemp(join(tmpdir(), 'dns64-'));
	const file = join(directory, 'unbound.conf');
	await writeFile(file, configuration(options));
	const child = namespace.spawn('unbound', ['-d', '-p', '-c', file], { stdio: ['ignore', 'ignore', 'pipe'] });
	await started(child);
	const stop = async () => {
		const ended = once(child, 'exit');
		child.kill('SIGTERM');
		await ended;
		await rm(directory, { recursive: true });
	};
	return { [Symbol.asyncDispose]: stop };
}

async function started(child: ChildProcess): Promise<void> {
	let written = '';
	await new Promise<void>((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', () => reject(new Error(`unbound has ended: ${written}`)));
		child.stderr?.setEncoding('utf8').on('data', (text: string) => {
			written += text;
			if (written.includes('start of service')) resolve();
		});
	});
}
