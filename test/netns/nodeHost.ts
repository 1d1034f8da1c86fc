import type { Target } from '../../src/plan/target.ts';
import type { Observation } from '../../src/probe/observation.ts';
import type { Node } from '../fakes/node.ts';
import { names, targetAt } from '../probe/world.ts';
import { Remote } from './channel.ts';
import { Host } from './host.ts';
import type { Namespace } from './namespace.ts';
import type { Attempted, Message } from './node.ts';

/** Seconds that a stage may take, unless a test says otherwise. */
export const timeout = 1;

/**
 * The same where ICMP answers a SYN: over virtual links it comes before connect(2) has returned, and Linux forgets it
 * (LockDroppedIcmps). The second SYN, a second later, is answered for good.
 */
export const patience = 2;

/** A node: a host that probes, with the root of a file system. */
export class NodeHost extends Host {
	readonly files: Node;
	#remote: Remote<Message> | undefined;

	constructor(namespace: Namespace, name: string, number: number, files: Node) {
		super(namespace, name, number);
		this.files = files;
	}

	/**
	 * One attempt at `registry.test/team/app:1`, with one second for each stage. Throws when a stage takes a second longer
	 * than it may, and when anything that it tells has no reason but `unknown` or `cancelled`.
	 */
	async attempt(change: Partial<Target> = {}): Promise<Observation> {
		const endpoint = { scheme: 'https', hostname: names.registry, port: 443 } as const;
		const target = targetAt(endpoint, { timeout, ...change });
		const { observation, seconds } = (await this.#ask({
			attempt: target,
			root: this.files.root,
		})) as Attempted;
		const own = observation.records.map((record) => record.seconds ?? 0);
		const longest = Math.max(...own);
		const others = own.reduce((sum, each) => sum + each, 0) - longest;
		// What is still asked for its facts has no more time than the stage that it belongs to.
		if (longest > target.timeout + 1 || seconds - others > target.timeout + 1) {
			throw new Error(`the attempt took ${seconds} s: ${JSON.stringify(observation)}`);
		}
		if (/"(unknown|cancelled)"/.test(JSON.stringify(observation))) throw new Error(JSON.stringify(observation));
		return observation;
	}

	/** The text at a URL, as this node gets it. */
	async get(url: string): Promise<string> {
		return String(await this.#ask({ get: url }));
	}

	/** Leaves the node so many local ports, all of them taken, until the result is disposed of. */
	async exhaustPorts(count: number): Promise<AsyncDisposable> {
		const first = 40_000;
		const ports = Array.from({ length: count }, (_, at) => first + at);
		await this.#ask({ occupy: ports });
		await this.namespace.sysctl(`net.ipv4.ip_local_port_range=${first} ${first + count - 1}`);
		const giveBack = async () => {
			await this.namespace.sysctl('net.ipv4.ip_local_port_range=32768 60999');
			await this.#ask({ occupy: [] });
		};
		return { [Symbol.asyncDispose]: giveBack };
	}

	/** Lets the probe have files open below this number only, until the result is disposed of. */
	async limitFiles(limit: number): Promise<AsyncDisposable> {
		const set = async (files: number) => {
			await this.namespace.run('prlimit', [`--pid=${this.#started().processId}`, `--nofile=${files}:`]);
		};
		await set(limit);
		return { [Symbol.asyncDispose]: async () => await set(1024) };
	}

	/** Writes resolv.conf. It takes a second to find out that a nameserver is silent. */
	async useNameservers(...addresses: readonly string[]): Promise<void> {
		const lines = addresses.map((address) => `nameserver ${address}\n`);
		await this.files.write('etc/resolv.conf', `${lines.join('')}options timeout:1 attempts:1\n`);
	}

	/** Writes the hosts file: name → address. */
	async useHosts(hosts: Readonly<Record<string, string>>): Promise<void> {
		const lines = Object.entries(hosts).map(([name, address]) => `${address} ${name}\n`);
		await this.files.write('etc/hosts', lines.join(''));
	}

	async #ask(message: Message): Promise<unknown> {
		return await this.#started().ask(message);
	}

	#started(): Remote<Message> {
		return (this.#remote ??= new Remote(this.namespace, 'node.ts'));
	}
}
