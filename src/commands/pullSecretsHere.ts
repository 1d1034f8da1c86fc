import type { ApiAccess } from '../cluster/access.ts';
import { pause } from '../cluster/pause.ts';
import type { PodFacts } from '../cluster/pod.ts';
import { createPullSecrets, type PullSecrets } from '../cluster/pullSecrets.ts';
import { mostSecrets, SecretShelf } from '../cluster/secretShelf.ts';
import type { PullSecretSettings } from '../config/config.ts';
import type { PullSecretState } from '../store/agentState.ts';
import { Alarm } from './alarm.ts';
import type { Log } from './log.ts';
import { tellSecrets } from './secretLog.ts';
import { SecretTests, type SecretTestParts } from './secretTests.ts';
import { type SecretUse, secretUses } from './secretUses.ts';

/** What pull secrets are tested with, and who is told. */
export interface PullSecretParts extends Pick<SecretTestParts, 'node' | 'demand' | 'pauses' | 'clock'> {
	readonly log: Log;
	readonly onStates: (states: readonly PullSecretState[]) => void;
}

/** The pull secrets of this node's pods, read and tested until that is ended. */
export interface PullSecretsHere extends PullSecrets {
	/** Takes in the pods as they are now. */
	see(pods: readonly PodFacts[]): void;
	/** Goes on with other namespaces or another interval. */
	use(settings: PullSecretSettings): void;
	/** Ends it; nothing is told of pull secrets any more. */
	stop(): void;
}

/** Pods change in bursts: milliseconds from a change to the look at what came of it. */
const settling = 500;

/** Begins to read and test the pull secrets of the pods that it is told of. */
export function openPullSecrets(
	access: ApiAccess,
	first: PullSecretSettings,
	{ log, onStates, ...testing }: PullSecretParts,
): PullSecretsHere {
	let settings = first;
	let pods: readonly PodFacts[] = [];
	let uses: readonly SecretUse[] = [];
	const stopping = new AbortController();
	const { signal } = stopping;
	const [changed, looked] = [new Alarm(), new Alarm()];
	const interval = () => settings.interval;
	const telling = tellSecrets(log);
	const shelf = new SecretShelf(access, { signal, interval, onFailure: telling.unreadable });
	const secrets = createPullSecrets(
		() => settings.namespaces,
		(namespace, name) => shelf.read(namespace, name),
	);
	const tests = new SecretTests({ ...testing, interval, signal, onError: telling.untestable });

	const publish = () => {
		if (signal.aborted) return;
		const states = tests.states(uses);
		telling.states(states);
		onStates(states);
	};
	const look = async () => {
		while (!signal.aborted) {
			const named = namesOf(pods, secrets);
			telling.tooMany(named.length > mostSecrets ? named.length : undefined);
			shelf.keep(named.slice(0, mostSecrets));
			uses = await secretUses(pods, secrets);
			publish();
			looked.ring();
			await changed.wait(settings.interval * 1000);
			await pause(settling, signal);
		}
	};
	const test = async () => {
		while (!signal.aborted) {
			if (await tests.testOne(uses)) publish();
			else await looked.wait(tests.next(uses));
		}
	};
	void look();
	void test();

	return {
		...secrets,
		see(now) {
			for (const [namespace, name] of namesOf(changedPods(pods, now), secrets)) shelf.doubt(namespace, name);
			pods = now;
			changed.ring();
		},
		use(next) {
			settings = next;
			changed.ring();
		},
		stop() {
			stopping.abort();
			changed.ring();
			looked.ring();
			onStates([]);
		},
	};
}

/** The Secrets that pods of opted-in namespaces name, each once. */
function namesOf(pods: readonly PodFacts[], { optedIn }: PullSecrets): readonly (readonly [string, string])[] {
	const names = new Map<string, readonly [string, string]>();
	for (const { namespace, pullSecrets } of pods) {
		if (!optedIn(namespace)) continue;
		for (const name of pullSecrets) names.set(`${namespace}/${name}`, [namespace, name]);
	}
	return [...names.values()];
}

/** Pods that wait for something else than before: somebody may have mended their secrets, or broken them. */
function changedPods(before: readonly PodFacts[], now: readonly PodFacts[]): readonly PodFacts[] {
	const reasons = ({ waiting }: PodFacts) => waiting.map(({ container, reason }) => `${container} ${reason}`).join();
	const known = new Map(before.map((pod) => [pod.uid, reasons(pod)]));
	return now.filter((pod) => (known.get(pod.uid) ?? '') !== reasons(pod));
}
