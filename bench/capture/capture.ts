import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { handshakesOf } from './handshakes.ts';
import type { Handshake } from './handshakes.ts';
import { readSegments } from './packets.ts';

/** A capture that is under way. */
export interface Capture extends AsyncDisposable {
	/** Ends it and gives the handshakes in their order. */
	readonly end: () => Promise<readonly Handshake[]>;
}

/** Records what passes a network interface from and to a port, with tcpdump. Rejects, naming what is missing, when it cannot. */
export async function startCapture(device: string, port: number): Promise<Capture> {
	const directory = mkdtempSync(join(tmpdir(), 'bench-capture-'));
	const file = join(directory, 'packets.pcap');
	const options = ['-i', device, '-n', '-Z', 'root', '-B', '8192', '-s', '2400', '--immediate-mode', '-U', '-w', file];
	const child = spawn('tcpdump', [...options, `tcp port ${port}`], { stdio: ['ignore', 'ignore', 'pipe'] });
	let said = '';
	child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
	const closed = new Promise<void>((resolve) => {
		child.once('close', () => resolve());
		child.once('error', (error) => resolve(void (said += error.message)));
	});
	const stop = async () => {
		child.kill('SIGINT');
		await closed;
	};
	const remove = () => rmSync(directory, { recursive: true, force: true });
	await Promise.race([closed, listening(() => said)]);
	if (!said.includes('listening on')) {
		remove();
		throw new Error(`needs tcpdump (Debian's package of that name) and root: ${said.trim()}`);
	}
	return {
		async end() {
			// What passed a moment ago is still on its way to the file.
			await sleep(300);
			await stop();
			return handshakesOf(readSegments(readFileSync(file)), port);
		},
		async [Symbol.asyncDispose]() {
			await stop();
			remove();
		},
	};
}

async function listening(said: () => string): Promise<void> {
	for (let waited = 0; waited < 5000 && !said().includes('listening on'); waited += 50) {
		await sleep(50, undefined, { ref: false });
	}
}
