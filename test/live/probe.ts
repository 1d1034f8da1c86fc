import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeFile } from 'node:fs/promises';
import { outcomeOf } from './inNode.ts';
import { imageOf, type LiveRuntime } from './runtime.ts';
import { login, type Setup } from './setup.ts';

/** What of `plan --output json` is compared. */
export interface Plan {
	readonly runtime?: { readonly name: string; readonly version: string };
	readonly targets: readonly { readonly host: string; readonly url: string }[];
	readonly faults: readonly { readonly fault: string; readonly detail?: string }[];
}

/** What of `check --output json` is compared. */
export interface Check {
	readonly pulls: readonly {
		readonly success: boolean;
		readonly via?: string;
		readonly blame?: { readonly host: string; readonly role: string; readonly stage: string; readonly reason: string };
	}[];
	readonly observations: readonly {
		readonly host: string;
		readonly records: readonly { readonly reason?: string }[];
	}[];
}

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** Where Node keeps what it has compiled. */
const compiled = join(tmpdir(), 'registry-probe-live-compiled');

/** A directory that has what a probe of one node is configured with. */
export class Probe {
	readonly #root: string;
	readonly #file: string;

	/** `directory` is where the configuration is written, `root` is the node's. */
	constructor(directory: string, root: string) {
		this.#root = root;
		this.#file = join(directory, 'config.json');
	}

	/** Writes the configuration: the image, and whose rules hold where that is not to be found out. */
	async configure(setup: Setup, runtime: LiveRuntime): Promise<void> {
		const image = imageOf(setup);
		const name = image.slice(0, image.indexOf('/'));
		const file = `${this.#file}.login`;
		const password = setup.login === 'wrong' ? 'wrong' : login.password;
		const auth = Buffer.from(`${login.user}:${password}`).toString('base64');
		await writeFile(file, JSON.stringify({ auths: { [name]: { auth } } }));
		const configuration = {
			node: { runtime: setup.detected ? 'auto' : runtime.rules },
			registries: [
				{
					name,
					image,
					...(setup.login && { credentials: { file } }),
					...(setup.nodeLogin && { credentials: 'node' }),
				},
			],
		};
		// JSON is YAML.
		await writeFile(this.#file, JSON.stringify(configuration));
	}

	async plan(): Promise<Plan> {
		return (await this.#run('plan')) as Plan;
	}

	async check(): Promise<Check> {
		return (await this.#run('check')) as Check;
	}

	async #run(command: string): Promise<unknown> {
		const args = ['--config', this.#file, '--root', this.#root, '--output', 'json'];
		// Half of the time that it takes is that of reading its own source.
		const env = { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', NODE_COMPILE_CACHE: compiled };
		const child = spawn(process.execPath, [main, command, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
		const { code, stdout, stderr } = await outcomeOf(child);
		if ((code !== 0 && code !== 1) || stdout === '')
			throw new Error(`${command} ended with ${String(code)}: ${stderr}`);
		return JSON.parse(stdout) as unknown;
	}
}
