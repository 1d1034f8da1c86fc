import type { Config } from '../config/config.ts';
import type { PodExplanation } from '../explain/podExplanation.ts';
import { podsDocument } from '../explain/podsDocument.ts';
import type { PlanDocument } from '../plan/planDocument.ts';
import type { LoopClock } from '../schedule/loopClock.ts';
import type { Content, Health } from '../server/routes.ts';
import { sparing } from '../server/sparing.ts';
import type { StoreReader } from '../store/store.ts';
import { observationsDocument } from '../views/json.ts';
import { expositionFor } from '../views/metrics/accept.ts';
import type { MetricsView } from '../views/metrics/metricsView.ts';
import type { PageInput } from '../views/page/input.ts';

interface ContentParts {
	readonly config: Config;
	readonly metrics: MetricsView;
	readonly store: StoreReader;
	readonly loop: LoopClock;
	/** Of this program. */
	readonly version: string;
	/** The plan document as it is now. */
	readonly plan: () => PlanDocument;
	/** The pods of this node whose image does not come. */
	readonly pods: () => readonly PodExplanation[];
}

/** Milliseconds without a turn of the loop after which the agent counts as unwell. */
const longestQuiet = 5000;

/** Metrics are as fresh as the scrape, unless somebody scrapes without pause. */
const scrapes = { times: 60, within: 1000 };

/** What the agent serves: views of its store, and how it is itself. */
export function createContent({ config, metrics, store, loop, version, plan, pods }: ContentParts): Content {
	const { name: node, network } = config.node;
	const render = sparing((accept: string | undefined) => metrics.render(accept), expositionFor, scrapes);
	const page = ({ follow }: { readonly follow: boolean }): PageInput => ({
		node,
		network,
		states: store.states(),
		verdicts: store.verdicts(),
		agent: store.agent(),
		plan: plan(),
		pods: pods(),
		now: Date.now(),
		version,
		follow,
	});
	return {
		metrics: render,
		async page(wish) {
			// Most agents are never looked at: what draws the page is loaded when somebody does.
			const [{ renderPage }, { pageStyleHash }] = await Promise.all([
				import('../views/page/page.ts'),
				import('../views/page/style.ts'),
			]);
			return {
				contentType: 'text/html; charset=utf-8',
				body: renderPage(page(wish)),
				styleSource: `'${pageStyleHash}'`,
			};
		},
		observations: () =>
			observationsDocument({
				node,
				pulls: store.verdicts(),
				observations: store.states().flatMap(({ latest }) => latest ?? []),
			}),
		plan,
		pods: () => podsDocument(node, pods(), store.agent().clusterSyncedAt),
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
