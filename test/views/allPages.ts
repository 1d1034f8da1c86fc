import type { PageInput } from '../../src/views/page/input.ts';
import { aTarget, anObservation, greenPath, now } from './builders.ts';
import { allSaying, evil, rightToLeft } from './hostileStates.ts';
import { aPlan } from './plans.ts';
import { aPod, aPodOfHub } from './podExplanations.ts';
import { aPage, pages } from './states.ts';

const hub = aTarget();

/** The page of a node with pods that wait, a plan, and faults in its configuration. */
function withPods(): PageInput {
	const broken = pages.broken();
	const faults = ['/etc/containerd/certs.d/docker.io/hosts.toml', '/etc/resolv.conf'].map((file, at) => ({
		file,
		line: at + 3,
		fault: 'setting_invalid' as const,
		detail: 'The key is passed over: the runtime goes on as if it were not there.',
	}));
	return {
		...broken,
		pods: [
			aPodOfHub('api-1'),
			aPod(),
			aPod({ pod: 'cart-8', cause: 'unknown', explained: 'unknown', reason: null, evidence: [] }),
		],
		plan: aPlan(broken.states.map(({ target }) => target)),
		agent: { nodeFaults: faults, scheduleLagSeconds: 0, repeats: { stall: 0, lag: 0 } },
	};
}

/** A pull that works, half a minute late, and a quota that is nearly used up. */
function late(): PageInput {
	const page = aPage([[hub, anObservation(hub, greenPath('registry-1.docker.io', 3))]]);
	return { ...page, verdicts: page.verdicts.map((verdict) => ({ ...verdict, delays: { dead_mirror: 30 } })) };
}

/** A quota that is used up: the attempt works, a pull would not. */
function exhausted(): PageInput {
	return aPage([[hub, anObservation(hub, greenPath('registry-1.docker.io', 0))]]);
}

/** Fifty targets without any trouble, and forty pods that wait nevertheless. */
function calm(): PageInput {
	const { states, verdicts, ...rest } = pages.many();
	return {
		...rest,
		states: states.filter(({ target }) => target.registry !== 'docker.io'),
		verdicts: verdicts.filter(({ registry }) => registry !== 'docker.io'),
		pods: Array.from({ length: 40 }, (_, at) => aPod({ pod: `cart-${at}`, uid: String(at) })),
	};
}

/** Every page that the suites look at, by name. */
export const allPages = {
	...pages,
	pods: withPods,
	late,
	exhausted,
	calm,
	hostile: () => allSaying(evil),
	endless: () => allSaying('endless-name-without-any-break-'.repeat(12)),
	rightToLeft,
	stale: () => ({ ...aPage([[hub, anObservation(hub, greenPath())]]), now: now + 3_600_000 }),
} as const satisfies Readonly<Record<string, () => PageInput>>;

export type PageName = keyof typeof allPages;

export const pageNames = Object.keys(allPages) as PageName[];
