import type { Config } from '../config/config.ts';
import type { LoopClock } from '../schedule/loopClock.ts';
import type { Content, Health } from '../server/routes.ts';
import type { StoreReader } from '../store/store.ts';
import { observationsDocument } from '../views/json.ts';
import type { MetricsView } from '../views/metrics/metricsView.ts';
import { renderPage } from '../views/page/page.ts';
import { pageStyleHash } from '../views/page/style.ts';

interface ContentParts {
	readonly config: Config;
	readonly metrics: MetricsView;
	readonly store: StoreReader;
	readonly loop: LoopClock;
	/** Of this program. */
	readonly version: string;
	/** The plan document as it is now. */
	readonly plan: () => unknown;
}

/** Milliseconds without a turn of the loop after which the agent counts as unwell. */
const longestQuiet = 5000;

/** What the agent serves: views of its store, and how it is itself. */
export function createContent({ config, metrics, store, loop, version, plan }: ContentParts): Content {
	const { name: node, network } = config.node;
	return {
		metrics: (accept) => metrics.render(accept),
		page: () => ({
			contentType: 'text/html; charset=utf-8',
			body: renderPage({
				node,
				network,
				states: store.states(),
				verdicts: store.verdicts(),
				agent: store.agent(),
				now: Date.now(),
				version,
			}),
			styleSource: `'${pageStyleHash}'`,
		}),
		observations: () =>
			observationsDocument({
				node,
				pulls: store.verdicts(),
				observations: store.states().flatMap(({ latest }) => latest ?? []),
			}),
		plan,
		healthy: () => healthOf(loop),
		ready: () => readinessOf(loop, store),
	};
}

function healthOf(loop: LoopClock): Health {
	const quiet = Math.round(loop.quiet() / 1000);
	return loop.quiet() < longestQuiet
		? { ok: true, detail: 'The loop turns.' }
		: { ok: false, detail: `The loop has not turned for ${quiet} s.` };
}

function readinessOf(loop: LoopClock, store: StoreReader): Health {
	const health = healthOf(loop);
	const states = store.states();
	// A target that a registry told to wait, in a run before this one, is not tried for up to an hour.
	const tried =
		states.length === 0 || states.some(({ attempts, pauses }) => attempts > 0 || pauses.includes('retry_after'));
	if (!health.ok || tried) return health;
	return { ok: false, detail: 'No target has been tried yet.' };
}
