import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { makeNode } from '../test/fakes/node.ts';
import { freePort } from './freePort.ts';
import { type Coding, firstAnswer, textOf, timed } from './http.ts';
import { hostOf, lastingToken, repository } from './protocol.ts';
import type { Ready } from './protocol.ts';
import { run } from './run.ts';
import type { Run } from './run.ts';

/** A binary of blackbox_exporter, https://github.com/prometheus/blackbox_exporter. */
export interface PeerProgram {
	readonly path: string;
	/** Its own words, in one line: version and version of Go. */
	readonly version: string;
}

/** The exchanges that the peer can be asked for: together the last three are what one whole attempt of the agent sees. */
export type Exchange = 'open' | 'challenge' | 'token' | 'manifest';

export const wholeAttempt: readonly Exchange[] = ['challenge', 'token', 'manifest'];

/** A running blackbox_exporter. */
export interface Peer extends Run {
	readonly startedWithin: number;
	/** Has it probe once, and gives what it says; throws when the probe failed. `name` is the server's name in TLS and HTTP. */
	readonly probe: (exchange: Exchange, name?: string) => Promise<string>;
	/** Has it probe once, and gives how many bytes it sends. */
	readonly bytesOf: (exchange: Exchange, coding: Coding) => Promise<number>;
}

/** Finds the peer. Throws, naming Debian's package, when there is none. */
export function findPeer(path?: string): PeerProgram {
	const candidates = path === undefined ? inPath(['prometheus-blackbox-exporter', 'blackbox_exporter']) : [path];
	const found = candidates.find(isProgram);
	if (found === undefined) {
		throw new Error(
			path === undefined
				? 'no blackbox_exporter: apt-get install --no-install-recommends prometheus-blackbox-exporter, or --peer PATH'
				: `${path} is not a program`,
		);
	}
	const said = execFileSync(found, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
	const version = /version (\S+)/.exec(said)?.[1] ?? 'of unknown version';
	const go = /go version:\s+go(\S+)/.exec(said)?.[1] ?? '?';
	return { path: found, version: `blackbox_exporter ${version} (Go ${go})` };
}

const inPath = (names: readonly string[]) =>
	(process.env['PATH'] ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));

function isProgram(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/** Its configuration: a module for each exchange. */
function modules(caFile: string): string {
	const http = (settings: object) => ({
		prober: 'http',
		timeout: '10s',
		http: { preferred_ip_protocol: 'ip4', tls_config: { ca_file: caFile }, ...settings },
	});
	return JSON.stringify({
		modules: {
			open: http({ method: 'HEAD' }),
			challenge: http({ method: 'HEAD', valid_status_codes: [401] }),
			token: http({ method: 'GET' }),
			manifest: http({ method: 'HEAD', authorization: { type: 'Bearer', credentials: lastingToken } }),
		},
	});
}

function urlOf(exchange: Exchange, { address, ports }: Ready): string {
	const server = exchange === 'open' || exchange === 'token' ? exchange : 'guarded';
	const scope = `scope=repository:${repository}:pull&service=${hostOf('guarded')}`;
	const path = exchange === 'token' ? `token?${scope}` : `v2/${repository}/manifests/latest`;
	// By address, so that neither side resolves names.
	return `https://${address}:${ports[server]}/${path}`;
}

/** Starts the peer, with a limit on CPU if there is one, and waits until it answers. */
export async function startPeer({ path }: PeerProgram, world: Ready, cpus?: number): Promise<Peer> {
	await using stack = new AsyncDisposableStack();
	const files = stack.use(await makeNode({ bundle: world.ca }));
	const caFile = join(files.root, 'etc/ssl/certs/ca-certificates.crt');
	await files.write('blackbox.yml', modules(caFile));
	const port = await freePort();
	const listen = `--web.listen-address=127.0.0.1:${port}`;
	const words = [path, `--config.file=${join(files.root, 'blackbox.yml')}`, '--log.level=warn', listen];
	const peer = stack.use(run(words, { cpus }));
	const url = `http://127.0.0.1:${port}`;
	const startedWithin = await firstAnswer(peer, `${url}/metrics`);
	const probeUrl = (exchange: Exchange, name?: string): string => {
		const server = exchange === 'open' || exchange === 'token' ? exchange : 'guarded';
		const query = { module: exchange, target: urlOf(exchange, world), hostname: name ?? hostOf(server) };
		return `${url}/probe?${new URLSearchParams(query).toString()}`;
	};
	const probe: Peer['probe'] = async (exchange, name) => {
		peer.mustRun();
		const text = await textOf(probeUrl(exchange, name));
		if (!/^probe_success 1$/m.test(text)) throw new Error(`a probe of the peer has failed: ${exchange}`);
		return text;
	};
	const bytesOf: Peer['bytesOf'] = async (exchange, coding) => (await timed(probeUrl(exchange), coding)).bytes;
	const owned = stack.move();
	return { ...peer, startedWithin, probe, bytesOf, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
