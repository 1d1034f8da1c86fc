import type { ApiAccess } from '../cluster/access.ts';
import type { PodFacts } from '../cluster/pod.ts';
import type { ExplainSettings } from '../config/config.ts';
import type { ExplainPodsParts, PodExplainer } from './explainPods.ts';

/** The explanation of this node's pods, as the configuration wants it now. */
export interface SessionExplaining {
	/** Takes in the pods as they are now. */
	see(pods: readonly PodFacts[]): void;
	use(settings: ExplainSettings): Promise<void>;
	stop(): void;
}

/** What pods are explained with, beside what the session knows itself. */
export type ExplainingParts = Omit<ExplainPodsParts, 'access' | 'signal' | 'demand'> &
	Required<Pick<ExplainPodsParts, 'demand'>>;

/** Explains pods while that is wished for; otherwise what can do so is not even loaded. */
export function createSessionExplaining(access: ApiAccess, { demand, ...parts }: ExplainingParts): SessionExplaining {
	let pods: readonly PodFacts[] = [];
	let running:
		| { readonly explainer: PodExplainer; readonly stopping: AbortController; readonly probe: boolean }
		| undefined;
	let ended = false;
	const close = () => {
		running?.stopping.abort();
		running = undefined;
	};
	return {
		see(now) {
			pods = now;
			running?.explainer.see(now);
		},
		async use({ pods: wanted, probe }) {
			if (running && wanted && running.probe === probe) return;
			close();
			if (!wanted) return;
			const { PodExplainer } = await import('./explainPods.ts');
			if (ended) return;
			const stopping = new AbortController();
			const { signal } = stopping;
			const explainer = new PodExplainer({ ...parts, access, signal, ...(probe && { demand }) });
			running = { explainer, stopping, probe };
			explainer.see(pods);
		},
		stop() {
			ended = true;
			close();
		},
	};
}
