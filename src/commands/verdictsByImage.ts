import type { Runtime } from '../plan/pullHost.ts';
import { pullVerdicts, type PullVerdict } from '../verdict/pullVerdict.ts';
import type { Checked } from '../views/terminal/checked.ts';

/** A verdict for each registry and image: a person may ask for several images of one registry, and one pull does not stand in for another. */
export function verdictsByImage(checked: readonly Checked[], runtime: Runtime | undefined): readonly PullVerdict[] {
	const byImage = Map.groupBy(checked, ({ observation }) => `${observation.registry} ${observation.image}`);
	return [...byImage.values()].flatMap((same) =>
		pullVerdicts(
			same.map(({ target, observation }) => ({ target, latest: observation })),
			runtime,
		),
	);
}
