import type { StageDescription } from '../../probe/stage.ts';
import type { StoreReader } from '../../store/store.ts';
import { expositionFor } from './accept.ts';
import { agentFamilies } from './families/agent.ts';
import { attemptFamilies } from './families/attempts.ts';
import { egressInfo } from './families/identity.ts';
import { credentialNotAfter } from './families/logins.ts';
import { measureFamilies } from './families/measures.ts';
import { nodeFamilies } from './families/node.ts';
import { podFamilies } from './families/pods.ts';
import { pullSecretFamilies } from './families/pullSecrets.ts';
import { processFamilies } from './families/process.ts';
import { stageFamilies } from './families/stages.ts';
import { verdictFamilies } from './families/verdicts.ts';
import { prefixed, type AgentFamily, type Family } from './family.ts';
import { RegistryTexts } from './registryText.ts';
import { defaultSeriesLimit, Sheet } from './sheet.ts';
import { contentTypes } from './text.ts';
import { Writer } from './writer.ts';

/** What the metrics are made from. */
export interface MetricsOptions {
	readonly store: StoreReader;
	/** Their measures become gauges. */
	readonly stages: readonly StageDescription[];
	/** The value of the label `node`. */
	readonly node: string;
	readonly network: 'host' | 'pod';
	/** The program's version. */
	readonly version: string;
	/** Series that one scrape shows at most. */
	readonly seriesLimit?: number;
	/** The time in milliseconds since the epoch. */
	readonly now?: () => number;
}

/** The metrics as one scrape gets them. */
export interface Rendered {
	readonly contentType: string;
	readonly body: string;
}

export interface MetricsView {
	/** Every metric that can be exported, the most important first. */
	readonly families: readonly Family[];
	/** The store as it is now, in the form that the Accept header prefers. */
	render(accept?: string): Promise<Rendered>;
	/** Writes anew what is shown of a registry, so that the next scrape need not. */
	refresh(registry: string): Promise<void>;
}

/** The metrics of one agent. Rendering reads the store and never begins a probe. */
export function createMetricsView(options: MetricsOptions): MetricsView {
	const { store, node, network, now = Date.now, seriesLimit = defaultSeriesLimit } = options;
	let dropped = 0;
	const seriesDropped: AgentFamily = {
		name: prefixed('series_dropped_total'),
		type: 'counter',
		help: 'Series that scrapes left out because there were too many.',
		labels: [],
		series: () => [{ labels: {}, value: dropped }],
	};
	const writer = new Writer({ node, network });
	const own = [
		...agentFamilies(options.version),
		...nodeFamilies,
		...podFamilies,
		...pullSecretFamilies,
		...processFamilies,
	];
	const ofRegistries = [
		...verdictFamilies,
		...stageFamilies,
		...attemptFamilies,
		egressInfo,
		credentialNotAfter,
		...measureFamilies(options.stages),
	];
	const registryTexts = new RegistryTexts(store, ofRegistries, writer);
	const agentChunk = (family: AgentFamily) => writer.chunkOf(family, family.series(store.agent()));

	return {
		families: [...own, ...ofRegistries, seriesDropped],
		refresh: (registry) => registryTexts.refresh(registry, now()),
		async render(accept) {
			const exposition = expositionFor(accept);
			const sheet = new Sheet(exposition, seriesLimit - 1);
			const texts = await registryTexts.read(now());
			for (const family of own) sheet.add(family, [await agentChunk(family)]);
			for (const [at, family] of ofRegistries.entries()) {
				const unplanned = family.unplanned?.(store.agent());
				const chunks = texts.map((text) => text[at]);
				sheet.add(family, unplanned ? [...chunks, await writer.chunkOf(family, unplanned)] : chunks);
			}
			dropped += sheet.dropped;
			const last = await agentChunk(seriesDropped);
			return { contentType: contentTypes[exposition], body: sheet.end(seriesDropped, last) };
		},
	};
}
