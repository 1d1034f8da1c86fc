import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AgentProcess } from '../commands/agent.ts';
import type { HttpServer, Override } from '../fakes/http.ts';
import { makeImage } from '../fakes/image.ts';
import { makeNode } from '../fakes/node.ts';
import { type RegistryOptions, startRegistry } from '../fakes/registry.ts';
import { startTokenService, type TokenOptions, type TokenService } from '../fakes/token.ts';

/** Seconds between attempts: long enough to look between them, short enough to wait for them. */
const interval = 1;

/** How many requests each server has had. */
export interface Mark {
	readonly registry: number;
	readonly token: number;
}

export interface AgentWishes {
	readonly registry?: RegistryOptions;
	readonly token?: TokenOptions;
	/** Lines of the entry in the configuration. */
	readonly entry?: string;
}

/** A real agent, which can be started again with its state, and the servers that it asks. */
export class AgentWorld implements AsyncDisposable {
	readonly registry: HttpServer;
	readonly token: TokenService;
	agent: AgentProcess;
	readonly #stack: AsyncDisposableStack;
	readonly #root: string;
	readonly #entry: string;

	private constructor(
		stack: AsyncDisposableStack,
		root: string,
		servers: Pick<AgentWorld, 'registry' | 'token'>,
		entry: string,
	) {
		this.#stack = stack;
		this.#root = root;
		this.#entry = entry;
		this.registry = servers.registry;
		this.token = servers.token;
		this.agent = this.#start();
	}

	static async start({ registry = {}, token = {}, entry = '' }: AgentWishes): Promise<AgentWorld> {
		const stack = new AsyncDisposableStack();
		const service = stack.use(await startTokenService(token));
		const bearer = { realm: service.realm(), service: 'registry', tokens: service.tokens };
		const image = makeImage({ platforms: ['linux/amd64', 'linux/arm64/v8'] });
		const images = { 'team/app': { 1: image } };
		const started = stack.use(await startRegistry({ images, auth: { bearer }, ...registry }));
		const node = stack.use(await makeNode());
		return new AgentWorld(stack, node.root, { registry: started, token: service }, entry);
	}

	/** The configuration, with lines of its own. */
	configuration(more = ''): string {
		const endpoint = this.registry.origin();
		const entry = `{ name: a.example, image: 'a.example/team/app:1', endpoint: '${endpoint}'${this.#entry} }`;
		return `listen: 127.0.0.1:0\ninterval: ${interval}s\n${more}node: { name: node-1, root: ${this.#root} }\nregistries:\n  - ${entry}\n`;
	}

	/** Gives the agent other settings, and a signal beside: what is under way is asked anew. */
	async reload(more: string): Promise<void> {
		const before = this.agent.lines('configuration reloaded').length;
		this.agent.configure(this.configuration(more));
		this.agent.signal('SIGHUP');
		await this.agent.told('configuration reloaded', before + 1);
	}

	/** Ends the process and starts another with the state that it left. `SIGKILL` is a crash. */
	async restart(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
		this.agent.signal(signal);
		await this.agent[Symbol.asyncDispose]();
		this.agent = this.#start();
		await this.agent.told('agent listens');
	}

	/** Waits for some more attempts' time. */
	async pass(attempts = 3): Promise<void> {
		await sleep(attempts * interval * 1000);
	}

	/** How many requests the servers have had. */
	mark(): Mark {
		return { registry: this.registry.requests.length, token: this.token.requests.length };
	}

	/** What the servers have been asked since, as `HEAD manifest`: first the registry, then the token service. */
	asked({ registry, token }: Mark = { registry: 0, token: 0 }): string[] {
		const requests = [...this.registry.requests.slice(registry), ...this.token.requests.slice(token)];
		return requests.map(({ method, path }) => `${method} ${/\/(manifest|blob)s\//.exec(path)?.[1] ?? 'token'}`);
	}

	/** Whether a pause of this cause holds, as the metrics say. */
	async paused(cause: string): Promise<boolean> {
		return (await this.agent.value('registry_probe_probe_paused{', `cause="${cause}"`)) === 1;
	}

	#start(): AgentProcess {
		return new AgentProcess(this.configuration(), ['--state', join(this.#root, 'state')]);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.agent[Symbol.asyncDispose]();
		await this.#stack.disposeAsync();
	}
}

/** Answers that can be changed while the servers run. */
export class Switch {
	current: Override | undefined;
	readonly respond: Override = (request) => this.current?.(request);
}
