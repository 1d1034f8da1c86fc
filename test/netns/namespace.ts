import { type ChildProcess, execFile, spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';

/** Programs of the system stand where the PATH of a user may not lead. */
export const environment = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` };

/** Runs a command to its end, `input` on its standard input; gives its standard output. Rejects with what it complained of. */
export async function run(command: string, args: readonly string[], input = ''): Promise<string> {
	return await new Promise((resolve, reject) => {
		const child = execFile(command, args, { timeout: 20_000, env: environment }, (error, stdout, stderr) => {
			if (error) reject(new Error(`${command} ${args.join(' ')}: ${stderr || error.message}\n${input}`));
			else resolve(stdout);
		});
		child.stdin?.on('error', () => undefined);
		child.stdin?.end(input);
	});
}

/** A network namespace that has been made and that somebody else removes. */
export class Namespace {
	readonly name: string;

	constructor(name: string) {
		this.name = name;
	}

	/** Runs a command inside. */
	async run(command: string, args: readonly string[], input?: string): Promise<string> {
		return await run('nsenter', [this.#entrance(), command, ...args], input);
	}

	/** Lines of `ip -batch`, carried out inside. */
	async ip(...lines: readonly string[]): Promise<void> {
		await this.run('ip', ['-batch', '-'], lines.join('\n'));
	}

	/** Carries out a line of `ip -batch`, and the one that undoes it when the result is disposed of. */
	async ipWhile(line: string, undo: string): Promise<AsyncDisposable> {
		await this.ip(line);
		return { [Symbol.asyncDispose]: async () => await this.ip(undo) };
	}

	/** Sets kernel parameters of this namespace: `net.ipv4.ip_forward=1`. */
	async sysctl(...settings: readonly string[]): Promise<void> {
		await this.run('sysctl', ['-q', '-w', ...settings]);
	}

	/** Starts a program inside; its process id is that of the program itself. */
	spawn(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
		return spawn('nsenter', [this.#entrance(), command, ...args], { env: environment, ...options });
	}

	#entrance(): string {
		return `--net=/var/run/netns/${this.name}`;
	}
}

/**
 * Removes namespaces, and ends what runs in them, when its standard input is closed: when it is told to, and also when
 * this process has gone, however that came about.
 */
const keeper = `
names=
while read -r name; do names="$names $name"; done
for name in $names; do
	for pid in $(ip netns pids "$name" 2>/dev/null); do kill -KILL "$pid" 2>/dev/null; done
	ip netns delete "$name" 2>/dev/null
done
`;

/** An IPv6 address is good at once, and stays when its link goes down. */
const settingsFor = (links: string) => {
	return ['accept_dad=0', 'keep_addr_on_down=1'].map((setting) => `net.ipv6.conf.${links}.${setting}`);
};

let made = 0;

/** Network namespaces of one run, removed together. Their names are like those of no other run on this machine. */
export class Namespaces implements AsyncDisposable {
	readonly #prefix = `probe-${process.pid}-${++made}`;
	// In a session of its own, so that an interrupt from the keyboard does not end it before it has done its work.
	readonly #keeper = spawn('sh', ['-c', keeper], {
		stdio: ['pipe', 'ignore', 'ignore'],
		detached: true,
		env: environment,
	});
	readonly #ended = once(this.#keeper, 'exit');

	/** Makes a namespace with its loopback up. */
	async make(name: string): Promise<Namespace> {
		const namespace = new Namespace(`${this.#prefix}-${name}`);
		this.#keeper.stdin.write(`${namespace.name}\n`);
		await run('ip', ['netns', 'add', namespace.name]);
		await namespace.sysctl(...['all', 'default'].flatMap(settingsFor));
		await namespace.ip('link set lo up');
		return namespace;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.#keeper.stdin.end();
		await this.#ended;
	}
}
