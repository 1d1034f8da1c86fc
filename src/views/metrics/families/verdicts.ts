import type { TargetState } from '../../../store/targetState.ts';
import type { PullVerdict } from '../../../verdict/pullVerdict.ts';
import { isCurrent } from '../../current.ts';
import { prefixed, targetLabelNames, targetLabels, type RegistryFamily, type RegistryScrape } from '../family.ts';

const pullSuccess: RegistryFamily = {
	name: prefixed('pull_success'),
	type: 'gauge',
	help: "Whether a pull by this node's runtime would succeed.",
	labels: ['registry'],
	series: (scrape) =>
		scrape.verdicts
			.filter((verdict) => restsOnCurrent(verdict, scrape))
			.map(({ registry, success }) => ({ labels: { registry }, value: Number(success) })),
};

const pullDelay: RegistryFamily = {
	name: prefixed('pull_delay_seconds'),
	type: 'gauge',
	help: "What a pull by this node's runtime would lose before it succeeds, by cause; absent where it loses nothing.",
	labels: ['registry', 'cause'],
	series: (scrape) =>
		scrape.verdicts
			.filter((verdict) => restsOnCurrent(verdict, scrape))
			.flatMap(({ registry, delays = {} }) =>
				Object.entries(delays).map(([cause, value]) => ({ labels: { registry, cause }, value })),
			),
};

const success: RegistryFamily = {
	name: prefixed('success'),
	type: 'gauge',
	help: 'Whether the last attempt walked every stage that applies; absent when that was too long ago.',
	labels: targetLabelNames,
	series: ({ states, now }) =>
		states.flatMap((state) =>
			state.latest && isCurrent(state, now) ? { labels: targetLabels(state), value: Number(state.latest.success) } : [],
		),
};

const targetInfo: RegistryFamily = {
	name: prefixed('target_info'),
	type: 'gauge',
	help: 'A host that is probed for a registry, whether it is its upstream or a mirror, and where it was learned from.',
	labels: [...targetLabelNames, 'via', 'origin'],
	series: ({ states }) =>
		states.map((state) => ({
			labels: { ...targetLabels(state), via: state.target.via, origin: state.target.origin },
			value: 1,
		})),
};

const probePaused: RegistryFamily = {
	name: prefixed('probe_paused'),
	type: 'gauge',
	help: 'Present while parts of the path are not walked, with the cause; they keep their last result.',
	labels: [...targetLabelNames, 'cause'],
	series: ({ states }) =>
		states.flatMap((state) => state.pauses.map((cause) => ({ labels: { ...targetLabels(state), cause }, value: 1 }))),
};

/** What each registry and each host comes to. */
export const verdictFamilies: readonly RegistryFamily[] = [pullSuccess, pullDelay, success, targetInfo, probePaused];

/** A verdict that rests on an attempt which is too old says nothing about now. */
function restsOnCurrent(verdict: PullVerdict, { states, now }: RegistryScrape): boolean {
	const host = verdict.via ?? verdict.blame?.host;
	const decides = ({ target }: TargetState) => target.registry === verdict.registry && target.host === host;
	return states.some((state) => decides(state) && isCurrent(state, now));
}
