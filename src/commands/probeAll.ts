import type { Target } from '../plan/target.ts';
import { probe, type Surroundings } from '../probe/probe.ts';
import type { Checked } from '../views/terminal/checked.ts';
import type { Progress } from './progress.ts';

/** Attempts that are under way at once. */
const most = 32;

/** Probes every target once, some at a time, and gives what was found in the order of the targets. */
export async function probeAll(
	targets: readonly Target[],
	surroundings: Surroundings,
	signal: AbortSignal,
	progress: Progress,
): Promise<readonly Checked[]> {
	const checked: Checked[] = [];
	const waiting = targets.entries();
	const work = async () => {
		for (const [at, target] of waiting) {
			if (signal.aborted) return;
			progress.begin(target);
			const observation = await probe(target, surroundings, {
				signal,
				onBegin: (role, stage, peer) => progress.at(target, { role, stage, peer }),
			});
			progress.end(target);
			checked[at] = { target, observation };
		}
	};
	await Promise.all(Array.from({ length: Math.min(most, targets.length) }, work));
	return checked;
}
