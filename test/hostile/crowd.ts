import { setTimeout as sleep } from 'node:timers/promises';
import { AgentProcess, until } from '../commands/agent.ts';
import { type Holding, holdingOf } from '../endurance/procfs.ts';
import { smallHeap } from '../endurance/settings.ts';
import { makeImage } from '../fakes/image.ts';
import { makeNode, type NodeOptions } from '../fakes/node.ts';
import { startRegistry } from '../fakes/registry.ts';
import { verdictOf } from './verdictOf.ts';

/** Name of the healthy registry that stands beside the hostile ones. */
export const healthy = 'healthy.test';

/** One agent among hostile servers and one good one. */
export interface Crowd extends AsyncDisposable {
	readonly agent: AgentProcess;
	/** What the agent held while it knew the healthy registry only. */
	readonly before: Holding;
	/** Follows the healthy registry for so many seconds. */
	readonly watch: (seconds: number) => Promise<Watched>;
	/** `role stage reason` of the last attempt on a registry, or `none`. */
	readonly verdict: (registry: string) => Promise<string>;
}

/** How the healthy registry fared meanwhile. */
export interface Watched {
	/** Attempts a second. */
	readonly pace: number;
	/** Every value of its `success`. */
	readonly successes: readonly (number | undefined)[];
	/** The longest of all attempts on all registries, in seconds. */
	readonly longest: number;
}

export interface CrowdOptions {
	/** Lines of YAML below `registries`. */
	readonly entries: readonly string[];
	readonly node?: NodeOptions;
	readonly arguments?: readonly string[];
	/** Further lines of the configuration. */
	readonly settings?: string;
}

/** Seconds that one stage, and one attempt, may take here. */
export const limits = { stage: 1, attempt: 4 };

/** Starts an agent, lets it meet the healthy registry, then all others, and waits until each was tried twice. */
export async function startCrowd(options: CrowdOptions): Promise<Crowd> {
	await using stack = new AsyncDisposableStack();
	const node = stack.use(await makeNode(options.node));
	const good = stack.use(await startRegistry({ images: { 'team/app': { latest: makeImage() } } }));
	const text = (entries: readonly string[]) =>
		[
			'listen: 127.0.0.1:0',
			`interval: 1s\ntimeout: ${limits.stage}s\nattempt_timeout: ${limits.attempt}s\nproxy: none`,
			`node: { name: node-1, root: ${node.root} }`,
			options.settings ?? '',
			'registries:',
			...[entryOf(healthy, good.origin()), ...entries].map((entry) => `  - ${entry}`),
			'',
		].join('\n');
	const agent = stack.use(new AgentProcess(text([]), options.arguments, smallHeap));
	await agent.told('path works');
	await sleep(2000);
	const before = holdingOf(agent.pid);
	agent.configure(text(options.entries));
	await agent.told('configuration reloaded');
	await until(
		async () => (await triedTwice(agent)) > options.entries.length,
		() => `not all were tried: ${agent.errors}`,
		90,
	);
	const owned = stack.move();
	return {
		agent,
		before,
		watch: (seconds) => watch(agent, seconds),
		verdict: async (registry) => verdictOf(await agent.get('/api/v1/observations'), registry),
		[Symbol.asyncDispose]: () => owned.disposeAsync(),
	};
}

/** An entry of the configuration. `more` is YAML of further keys. */
export function entryOf(name: string, endpoint: string, more = ''): string {
	return `{ name: ${name}, image: '${name}/team/app:latest', endpoint: '${endpoint}'${more && `, ${more}`} }`;
}

async function triedTwice(agent: AgentProcess): Promise<number> {
	const counts = await seriesOf(agent, 'attempts_total');
	return counts.filter(({ value }) => value >= 2).length;
}

async function watch(agent: AgentProcess, seconds: number): Promise<Watched> {
	const label = `registry="${healthy}"`;
	const attempts = async () => (await agent.value('registry_probe_attempts_total{', label)) ?? 0;
	const [first, began] = [await attempts(), performance.now()];
	const successes: (number | undefined)[] = [];
	let longest = 0;
	while (performance.now() - began < seconds * 1000) {
		await sleep(500);
		successes.push(await agent.value('registry_probe_success{', label));
		longest = Math.max(longest, ...(await seriesOf(agent, 'duration_seconds')).map(({ value }) => value));
	}
	const pace = ((await attempts()) - first) / ((performance.now() - began) / 1000);
	return { pace, successes, longest };
}

/** All series of a metric of ours. */
export async function seriesOf(
	agent: AgentProcess,
	name: string,
): Promise<readonly { readonly line: string; readonly value: number }[]> {
	const { body } = await agent.get('/metrics');
	const lines = body.split('\n').filter((line) => line.startsWith(`registry_probe_${name}{`));
	return lines.map((line) => ({ line, value: Number(line.split(' ').at(-1)) }));
}
