import { execFileSync } from 'node:child_process';
import { randomInt, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import type { Directory } from '../real/directory.ts';
import type { ImageConfig } from './imageStore.ts';
import { findProgram } from './needs.ts';
import { StartedAgent } from './program.ts';

/** How a container is made. */
export interface ContainerOptions {
	readonly image: ImageConfig;
	/** The files of the image. */
	readonly files: string;
	/** Arguments in place of the image's own. */
	readonly args: readonly string[];
	/** Path in the container → path on this machine, read-only both. */
	readonly mounts: Readonly<Record<string, string>>;
}

/**
 * A container by runc, in the network of this machine as an agent is on its node: a random user, no capabilities, and
 * nothing that can be written.
 */
export class Container implements AsyncDisposable {
	readonly user = randomInt(100_000, 1_000_000);
	readonly agent: StartedAgent;
	readonly #name = `registry-probe-${randomUUID()}`;
	readonly #state: string;
	readonly #pidFile: string;

	constructor(directory: Directory, options: ContainerOptions) {
		const bundle = directory.at(this.#name);
		mkdirSync(bundle);
		directory.write(`${this.#name}/config.json`, JSON.stringify(specification(this.user, options)));
		this.#state = directory.at('runc');
		this.#pidFile = `${bundle}/pid`;
		const run = ['run', '--bundle', bundle, '--pid-file', this.#pidFile, this.#name];
		this.agent = new StartedAgent([runc(), '--root', this.#state, ...run], { PATH: process.env['PATH'] ?? '' });
	}

	/** What the kernel says about the process, from a file in its directory below /proc. */
	told(file: 'status' | 'mountinfo'): string {
		return readFileSync(`/proc/${readFileSync(this.#pidFile, 'utf8').trim()}/${file}`, 'utf8');
	}

	async [Symbol.asyncDispose](): Promise<void> {
		execFileSync(runc(), ['--root', this.#state, 'delete', '--force', this.#name], { stdio: 'ignore' });
		await this.agent[Symbol.asyncDispose]();
	}
}

const runc = () => findProgram('runc') ?? 'runc';

/** The configuration of a container (https://github.com/opencontainers/runtime-spec/blob/main/config.md). */
function specification(user: number, { image, files, args, mounts }: ContainerOptions): object {
	const none = { bounding: [], effective: [], permitted: [], inheritable: [], ambient: [] };
	const bound = Object.entries(mounts).map(([destination, source]) => ({
		destination,
		source,
		type: 'bind',
		options: ['bind', 'ro', 'nosuid', 'nodev'],
	}));
	return {
		ociVersion: '1.0.2',
		process: {
			user: { uid: user, gid: user },
			args: [...image.Entrypoint, ...args],
			env: image.Env,
			cwd: '/',
			capabilities: none,
			noNewPrivileges: true,
		},
		root: { path: files, readonly: true },
		mounts: [
			{ destination: '/proc', type: 'proc', source: 'proc' },
			{ destination: '/dev', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'mode=755', 'size=64k'] },
			...bound,
		],
		linux: { namespaces: ['pid', 'mount', 'ipc', 'uts'].map((type) => ({ type })) },
	};
}
