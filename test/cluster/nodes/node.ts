import { type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Firewall } from '../../netns/firewall.ts';
import type { Namespace } from '../../netns/namespace.ts';
import { Directory } from '../../real/directory.ts';
import { makeCgroup } from './cgroups.ts';
import { kernelSettings, nodeDirectories, nodeFiles, type NodeWish } from './nodeFiles.ts';

/** What is started on a node, and with what. */
export interface NodeParts {
	readonly namespace: Namespace;
	/** Lies over /usr. */
	readonly usr: string;
	/** Files in this directory are imported. */
	readonly images: string;
	readonly zone: string;
}

/** Mounts, processes and a host name of its own; the first process takes all others with it. */
const own = ['--mount', '--propagation', 'private', '--uts', '--pid', '--fork', '--kill-child', '--mount-proc'];

/** A node: a network with its own address, its own files, containerd and kubelet. */
export class ClusterNode implements AsyncDisposable {
	readonly name: string;
	readonly address: string;
	/** What goes wrong on its network. Replies are met on their way in: programs here see silence then. */
	readonly firewall: Firewall;
	readonly #root = new Directory();
	readonly #child: ChildProcess;

	/** Starts it; the API server knows it some seconds later. */
	constructor(wish: NodeWish, { namespace, usr, images, zone }: NodeParts) {
		this.name = wish.name;
		this.address = wish.address;
		this.firewall = new Firewall(namespace);
		this.#write(wish);
		makeCgroup(wish.cgroup);
		const output = openSync(this.#root.at('node.log'), 'a');
		const labels = `topology.kubernetes.io/zone=${zone},node.kubernetes.io/instance-type=namespace`;
		const kubelet = [`--hostname-override=${wish.name}`, `--node-ip=${wish.address}`, `--node-labels=${labels}`];
		const program = [join(import.meta.dirname, 'node.sh'), wish.name, this.#root.path, usr, images, ...kubelet];
		this.#child = namespace.spawn('unshare', [...own, ...program], { stdio: ['ignore', output, output] });
		closeSync(output);
	}

	/** The end of what its programs have written. */
	get told(): string {
		const logs = ['node.log', 'var/log/containerd.log', 'var/log/kubelet.log'].map((name) => this.#root.at(name));
		const ends = logs.filter((path) => existsSync(path)).map((path) => readFileSync(path, 'utf8').slice(-3000));
		return `${this.name}:\n${ends.join('\n')}`;
	}

	/** Ends all that runs on it, as a power failure would. */
	async [Symbol.asyncDispose](): Promise<void> {
		if (this.#child.exitCode === null && this.#child.signalCode === null) {
			const ended = once(this.#child, 'exit');
			this.#child.kill('SIGKILL');
			await ended;
		}
		this.#root[Symbol.dispose]();
	}

	#write(wish: NodeWish): void {
		for (const [path, text] of Object.entries(nodeFiles(wish))) this.#root.write(path, text);
		for (const [name, text] of Object.entries(kernelSettings)) this.#root.write(`sys/${name}`, text);
		for (const path of nodeDirectories) mkdirSync(this.#root.at(path), { recursive: true });
	}
}
