import type { ApiFailure } from '../cluster/apiFailure.ts';
import { type DiscoveredRegistry, discover, sameRegistries } from '../cluster/discovery.ts';
import { inClusterAccess } from '../cluster/inCluster.ts';
import { type ClusterNode, followNode } from '../cluster/node.ts';
import type { PodFacts } from '../cluster/pod.ts';
import { followPods } from '../cluster/pods.ts';
import type { PullSecrets } from '../cluster/pullSecrets.ts';
import type { Config, Discovery } from '../config/config.ts';
import { formatReference } from '../registry/reference.ts';
import { concealing } from './concealing.ts';
import type { Log } from './log.ts';
import type { PullSecretParts } from './pullSecretsHere.ts';
import { createSessionExplaining, type ExplainingParts } from './sessionExplaining.ts';
import { createSessionSecrets } from './sessionSecrets.ts';

/** What the cluster is asked with, and who is told. */
export interface ClusterParts {
	readonly environment: Readonly<Record<string, string | undefined>>;
	/** The node's name in the cluster, where the environment has no NODE_NAME. */
	readonly node: string;
	readonly log: Log;
	/** Told when the pods were known as the API server knows them, in milliseconds since the epoch; undefined: it is no longer asked. */
	readonly onSync: (at: number | undefined) => void;
	readonly onNode: () => void;
	readonly onRegistries: () => void;
	/** What pull secrets are tested with, and who is told of them. */
	readonly secrets: Omit<PullSecretParts, 'node' | 'log'>;
	/** What pods are explained with, and who is told of that. */
	readonly explaining: Omit<ExplainingParts, 'secrets' | 'log'>;
}

/** What a session can take over without being opened anew. */
export type SessionSettings = Pick<Config, 'discovery' | 'explain' | 'pullSecrets'>;

/** One way of asking the cluster, until the configuration wants another. */
export interface ClusterSession {
	readonly discovered: () => readonly DiscoveredRegistry[];
	readonly node: () => ClusterNode;
	readonly secrets: PullSecrets;
	/** Goes on with other rules; whoever calls plans anew. */
	use(config: SessionSettings): Promise<void>;
	stop(): void;
}

/** Pods change in bursts: milliseconds from a change to the look at what came of it. */
const settling = 500;
/** Milliseconds from one look at what is to be forgotten to the next, at most. */
const longestPause = 60_000;

/**
 * Begins to follow the node and, where that is wished for, its pods. `known` is what the session before knew of the node:
 * it stays where it is until the API server says otherwise. Undefined in a pod that has no token.
 */
export function openSession(
	first: Discovery,
	parts: ClusterParts,
	known: ClusterNode = {},
): ClusterSession | undefined {
	const { environment, log } = parts;
	const access = inClusterAccess(environment, first.serviceAccount, concealing);
	if (!access) {
		log.debug('there is no token, so that the Kubernetes API is not asked', { directory: first.serviceAccount });
		return undefined;
	}
	const name = environment['NODE_NAME'] || parts.node;
	const stopping = new AbortController();
	const { signal } = stopping;
	const health = tellHealth(log);
	const registries = watchRegistries(first, parts);
	const secrets = createSessionSecrets(access, { ...parts.secrets, node: parts.node, log });
	const explaining = createSessionExplaining(access, { ...parts.explaining, secrets: secrets.secrets, log });
	let node = known;

	const onNode = (read: ClusterNode) => {
		node = read;
		parts.onNode();
	};
	const onFailure = ({ message }: ApiFailure) => log.debug('the node cannot be read', { detail: message });
	void followNode(access, name, { onNode, onFailure }, signal);
	if (first.images) {
		const onSync = () => {
			parts.onSync(Date.now());
			health.well();
		};
		const onChange = (pods: readonly PodFacts[], complete: boolean) => {
			registries.see(pods, complete);
			secrets.see(pods);
			explaining.see(pods);
		};
		void followPods(access, name, { onChange, onSync, onFailure: health.ill }, { signal });
	}
	return {
		discovered: registries.found,
		node: () => node,
		secrets: secrets.secrets,
		async use({ discovery, explain, pullSecrets }) {
			registries.use(discovery);
			await secrets.use(pullSecrets);
			await explaining.use({ ...explain, pods: explain.pods && discovery.images });
		},
		stop() {
			stopping.abort();
			registries.stop();
			explaining.stop();
			secrets.stop();
		},
	};
}

/** What pods come to, looked at after each change and from time to time for what is to be forgotten. */
function watchRegistries(first: Discovery, { log, onRegistries }: ClusterParts) {
	let rules = first;
	let pods: readonly PodFacts[] | undefined;
	let found: readonly DiscoveredRegistry[] = [];
	let timer: NodeJS.Timeout | undefined;
	let settles = false;
	let whole = true;

	const again = () => {
		const before = found;
		found = discover(before, pods ?? [], rules, performance.now());
		tellRegistries(log, before, found);
		return !sameRegistries(before, found);
	};
	const lookIn = (milliseconds: number) => {
		clearTimeout(timer);
		timer = setTimeout(look, milliseconds).unref();
	};
	const look = () => {
		settles = false;
		if (again()) onRegistries();
		lookIn(Math.min(longestPause, rules.keep * 500));
	};
	return {
		found: () => found,
		see: (now: readonly PodFacts[], complete: boolean) => {
			if (!complete && whole) log.warn('more pods are not looked at', { pods: now.length });
			whole = complete;
			pods = now;
			if (settles) return;
			settles = true;
			lookIn(settling);
		},
		use: (next: Discovery) => {
			rules = next;
			if (pods) again();
		},
		stop: () => clearTimeout(timer),
	};
}

/** One line for each registry that comes or goes. */
function tellRegistries(log: Log, before: readonly DiscoveredRegistry[], now: readonly DiscoveredRegistry[]): void {
	const names = (found: readonly DiscoveredRegistry[]) => new Set(found.map(({ registry }) => registry));
	const [known, present] = [names(before), names(now)];
	for (const { registry, image } of now)
		if (!known.has(registry)) log.info('pods use a registry', { registry, image: formatReference(image) });
	for (const { registry } of before) if (!present.has(registry)) log.info('a registry is forgotten', { registry });
}

/** One line when the API server can no longer be asked, for each new reason, and one when it can again. */
function tellHealth(log: Log) {
	let told: string | undefined;
	return {
		ill: ({ message }: ApiFailure) => {
			if (message === told) return;
			told = message;
			log.warn('the Kubernetes API cannot be asked', { detail: message });
		},
		well: () => {
			if (told === undefined) return;
			told = undefined;
			log.info('the Kubernetes API answers again');
		},
	};
}
