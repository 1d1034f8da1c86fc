import type { Asked } from './journal.ts';
import type { Check, Plan } from './probe.ts';
import type { Pulled } from './runtime.ts';
import { reasonsOf } from './texts.ts';

/** What both did in one set-up. */
export interface Both {
	readonly pulled: Pulled;
	readonly askedByRuntime: readonly Asked[];
	readonly plan: Plan;
	readonly check: Check;
	readonly askedByProbe: readonly Asked[];
}

/** Everything in which registry-probe and the runtime differ, in words. Empty where they agree. */
export function differences(both: Both): string[] {
	return [...outcome(both), ...unplanned(both), ...order(both), ...unasked(both), ...reason(both)];
}

function outcome({ pulled, check }: Both): string[] {
	const verdict = check.pulls[0];
	if (verdict?.success === pulled.success) return [];
	const said = verdict ? (verdict.success ? 'succeeds' : `fails: ${JSON.stringify(verdict.blame)}`) : 'is not known';
	return [`the pull ${pulled.success ? 'succeeded' : 'failed'}, check says that it ${said}`];
}

/** Requests for objects: the others are those for tokens, and those that a registry sent its client elsewhere for. */
const isForObject = ({ target }: Asked) => /\/(manifests|blobs)\/[^/]+$/.test(pathOf(target));
const pathOf = (target: string) => new URL(target, 'http://host').pathname;
const namespaceOf = (target: string) => new URL(target, 'http://host').searchParams.get('ns');

interface Way {
	readonly host: string;
	readonly prefix: string;
	readonly namespace: string | null;
}

/** The hosts of a plan, with what every request to each of them begins with. */
function waysOf({ targets }: Plan): Way[] {
	return targets.map(({ url }) => {
		const { host, pathname, searchParams } = new URL(url);
		return { host, prefix: pathname.replace(/[^/]+\/[^/]+$/, ''), namespace: searchParams.get('ns') };
	});
}

/** Host and port as URLs have them: without the port that is the scheme's. */
const hostOf = ({ host }: Asked) => host.toLowerCase().replace(/:(443|80)$/, '');

/** Ways that the runtime took and `plan` does not know. To a host that is in no plan the probe comes only when it is sent there. */
function unplanned({ askedByRuntime, plan, askedByProbe }: Both): string[] {
	const ways = waysOf(plan);
	const planned = new Set(ways.map(({ host }) => host));
	const sent = new Set(askedByProbe.map(hostOf).filter((host) => !planned.has(host)));
	const stray = askedByRuntime.filter(isForObject).filter((asked) => {
		if (sent.has(hostOf(asked))) return false;
		const path = pathOf(asked.target);
		return !ways.some((way) => {
			const same = way.host === hostOf(asked) && path.startsWith(way.prefix);
			return same && way.namespace === namespaceOf(asked.target);
		});
	});
	return unique(stray.map(({ host, target }) => `the runtime asks ${host}${target}, which is not in the plan`));
}

/** For one object after the other, the hosts come in the order of the plan. */
function order({ askedByRuntime, plan }: Both): string[] {
	const asked = askedByRuntime.filter(isForObject);
	return unique(asked.map(({ target }) => pathOf(target))).flatMap((path) => {
		const hosts = unique(asked.filter((one) => pathOf(one.target) === path).map(hostOf));
		const planned = unique(waysOf(plan).map(({ host }) => host)).filter((host) => hosts.includes(host));
		const stray = hosts.filter((host) => !planned.includes(host));
		if ([...planned, ...stray].join(' ') === hosts.join(' ')) return [];
		return [`for ${path} the runtime asks ${hosts.join(', ')}, the plan says ${planned.join(', ')}`];
	});
}

/** Hosts that the runtime got an answer from, and the probe never came to: it would not see them break. */
function unasked({ askedByRuntime, askedByProbe }: Both): string[] {
	const seen = new Set(askedByProbe.map(hostOf));
	const missing = unique(askedByRuntime.map(hostOf)).filter((host) => !seen.has(host));
	return missing.map((host) => `the runtime asks ${host}, the probe does not`);
}

/**
 * The reason that the text names is the one of the blame. Where several hosts failed, the text may be about an earlier
 * one than the last, which is to blame: then it is what the probe met there.
 */
function reason({ pulled, check }: Both): string[] {
	const blame = check.pulls[0]?.blame;
	const reasons = pulled.success ? undefined : reasonsOf(pulled.text);
	if (!blame || !reasons || reasons.includes(blame.reason)) return [];
	const names = (host: string) => pulled.text.includes(`//${host}/`) || pulled.text.includes(` host ${host} `);
	const others = check.observations.filter(({ host }) => host !== blame.host && names(host));
	const met = others.flatMap(({ records }) => records.map((record) => record.reason ?? ''));
	if (met.some((each) => reasons.includes(each))) return [];
	return [`the text says ${reasons.join(' or ')}, check blames ${JSON.stringify(blame)}`];
}

function unique(values: readonly string[]): string[] {
	return [...new Set(values)];
}
