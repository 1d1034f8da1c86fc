import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface NodeOptions {
	/** `127.0.0.1:5353`: a port is this project's extension of resolv.conf. */
	readonly nameservers?: readonly string[];
	readonly search?: readonly string[];
	/** The text of `options` in resolv.conf: `ndots:1 timeout:2`. */
	readonly options?: string;
	/** Name → address. */
	readonly hosts?: Readonly<Record<string, string>>;
	/** PEM of everything that the node trusts. */
	readonly bundle?: string;
	/** More files, by path below the root. */
	readonly files?: Readonly<Record<string, string>>;
}

/** The root of a node's file system, in a temporary directory. */
export interface Node extends AsyncDisposable {
	readonly root: string;
	/** Writes a file below the root, in place of one that is there. */
	readonly write: (path: string, text: string) => Promise<void>;
	readonly remove: () => Promise<void>;
}

function resolvConf({ nameservers = [], search = [], options }: NodeOptions): string {
	const lines = nameservers.map((server) => `nameserver ${server}`);
	if (search.length > 0) lines.push(`search ${search.join(' ')}`);
	if (options !== undefined) lines.push(`options ${options}`);
	return `${lines.join('\n')}\n`;
}

function hostsFile(hosts: Readonly<Record<string, string>>): string {
	const lines = Object.entries(hosts).map(([name, address]) => `${address}\t${name}`);
	return ['127.0.0.1\tlocalhost', '::1\tlocalhost', ...lines, ''].join('\n');
}

/** Makes a node that says this about names and trust. */
export async function makeNode(options: NodeOptions = {}): Promise<Node> {
	const root = await mkdtemp(join(tmpdir(), 'node-root-'));
	const write = async (path: string, text: string) => {
		const file = join(root, path);
		await mkdir(dirname(file), { recursive: true });
		await writeFile(file, text);
	};
	await write('etc/resolv.conf', resolvConf(options));
	await write('etc/hosts', hostsFile(options.hosts ?? {}));
	await write('etc/nsswitch.conf', 'hosts: files dns\n');
	await write('etc/ssl/certs/ca-certificates.crt', options.bundle ?? '');
	for (const [path, text] of Object.entries(options.files ?? {})) await write(path, text);
	const remove = () => rm(root, { recursive: true, force: true });
	return { root, write, remove, [Symbol.asyncDispose]: remove };
}
