import { setTimeout as sleep } from 'node:timers/promises';
import { textOf } from './http.ts';
import type { Run } from './run.ts';

const reachLimitMs = 120_000;

/** What an agent says of itself. Each look is a scrape. */
export interface Looks {
	/** Attempts that were recorded so far; throws when one of them has failed. */
	readonly attempts: () => Promise<number>;
	/** Attempts that were not recorded but made again, because the agent stood still or lagged. */
	readonly repeated: () => Promise<number>;
	/** Both together: what was sent and paid for. */
	readonly made: () => Promise<number>;
	/** Series that all scrapes so far have left out because there were too many, this one too. */
	readonly dropped: () => Promise<number>;
	/** Throws unless the last attempt on each of so many targets was a success; counters may be left out of a large scrape. */
	readonly mustSucceed: (targets: number) => Promise<void>;
	/** Throws unless the pods of the node were read from the API within the last minute. */
	readonly mustKnowPods: () => Promise<void>;
	/** Waits until there were so many attempts; rejects after two minutes. */
	readonly reach: (attempts: number) => Promise<void>;
}

/** Looks at the agent that runs and answers at `url`. */
export function looksAt(agent: Run, url: string): Looks {
	const metrics = async () => {
		agent.mustRun();
		return await textOf(`${url}/metrics`);
	};
	const attempts = async () => attemptsOf(await metrics());
	return {
		attempts,
		repeated: async () => repeatedOf(await metrics()),
		async made() {
			const text = await metrics();
			return attemptsOf(text) + repeatedOf(text);
		},
		dropped: async () => sumOf(await metrics(), 'series_dropped_total'),
		async mustSucceed(targets) {
			const text = await textOf(`${url}/api/v1/observations`);
			const { observations } = JSON.parse(text) as { observations: readonly { readonly success: boolean }[] };
			const good = observations.filter(({ success }) => success).length;
			if (good !== targets) throw new Error(`the last attempts on ${good} of ${targets} targets were a success`);
		},
		async mustKnowPods() {
			const synced = sumOf(await metrics(), 'cluster_last_sync_timestamp_seconds');
			if (Date.now() / 1000 - synced > 60) throw new Error('the agent does not know the pods of its node');
		},
		async reach(count) {
			const began = performance.now();
			for (let made = 0; made < count; made = await attempts()) {
				if (performance.now() - began > reachLimitMs) throw new Error(`${made} of ${count} attempts after two minutes`);
				await sleep(500);
			}
		},
	};
}

function attemptsOf(metrics: string): number {
	const failures = sumOf(metrics, 'failures_total');
	const [failed = ''] = /^registry_probe_failures_total\{.*\} [1-9].*$/m.exec(metrics) ?? [];
	if (failures > 0) throw new Error(`${failures} attempts failed, and figures of failures say nothing: ${failed}`);
	return sumOf(metrics, 'attempts_total');
}

const repeatedOf = (metrics: string) => sumOf(metrics, 'attempts_repeated_total');

/** The sum of all series of a metric. */
function sumOf(metrics: string, name: string): number {
	const series = metrics.matchAll(new RegExp(`^registry_probe_${name}\\{.*\\} (\\S+)$`, 'gm'));
	return [...series].reduce((total, [, value]) => total + Number(value), 0);
}
