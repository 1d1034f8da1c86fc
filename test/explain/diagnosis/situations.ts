import type { PodEvent } from '../../../src/cluster/podEvent.ts';
import { readImage } from '../../../src/cluster/image.ts';
import { explainStuck } from '../../../src/explain/diagnosis/explainStuck.ts';
import type { Demanded, ImageTry, NodeSight, Stuck } from '../../../src/explain/diagnosis/situation.ts';
import type { PodExplanation } from '../../../src/explain/podExplanation.ts';
import type { Target } from '../../../src/plan/target.ts';
import type { Observation, StageRecord } from '../../../src/probe/observation.ts';
import type { Reason } from '../../../src/reasons/reason.ts';
import { hostOf } from '../../../src/registry/endpoint.ts';
import { upstreamEndpoint } from '../../../src/registry/hosts.ts';
import { pullVerdicts } from '../../../src/verdict/pullVerdict.ts';
import { aStore, aTarget, anAttempt, broke, passed } from '../../store/literals.ts';

/** The present of all situations, in seconds since the epoch. */
export const now = 1_800_000_000;

/** `ok`, or where a path breaks and why: `registry tcp tcp_timeout`. */
export type Path = 'ok' | `${StageRecord['role']} ${StageRecord['stage']} ${Reason}`;

/** The path as an observation of a target, begun so many seconds ago. The peer of the role `registry` is the target's host. */
function observed(target: Target, path: Path, ago: number): Observation {
	const whole = [
		passed('registry dns'),
		passed('registry tcp'),
		passed('registry tls'),
		passed('registry challenge', { scheme: 'bearer', clockSkewSeconds: 1 }),
		passed('token token'),
		passed('registry manifest'),
		passed('registry blob'),
	];
	const [role, stage, reason] = path.split(' ') as [StageRecord['role'], StageRecord['stage'], Reason];
	const at = whole.findIndex((record) => record.stage === stage);
	const records = path === 'ok' ? whole : [...whole.slice(0, Math.max(0, at)), broke(`${role} ${stage}`, reason)];
	const named = records.map((record) => ({
		...record,
		peer: record.role === 'registry' ? target.host : `${record.role}.${target.registry}`,
	}));
	const { domain, repository, tag } = target.image;
	const image = `${domain}/${repository}:${tag}`;
	return anAttempt(target, named, { startedAt: (now - ago) * 1000, image });
}

function targetOf(registry: string): Target {
	const endpoint = upstreamEndpoint(registry);
	const image = { domain: registry, repository: 'library/busybox', tag: 'latest' };
	return aTarget({ registry, image, endpoint, host: hostOf(endpoint) });
}

/** What the regular probes of a node see, begun 10 s ago: `{ 'ghcr.io': 'ok' }`. */
export function sight(paths: Readonly<Record<string, Path>> = {}): NodeSight {
	const targets = Object.keys(paths).map(targetOf);
	const store = aStore(...targets);
	for (const target of targets) store.record(observed(target, paths[target.registry] ?? 'ok', 10));
	return { states: store.states(), verdicts: store.verdicts(), now: now * 1000 };
}

/** A probe of an image on demand, begun 5 s ago. */
export function tried(image: string, path: Path, login: Demanded['login'] = 'none', secret?: string): ImageTry {
	return { ...triedThrough(image, { upstream: path }, login), ...(secret !== undefined && { secret }) };
}

/** The same where a mirror, `mirror.example`, is asked first. */
export function triedThrough(
	image: string,
	{ mirror, upstream }: { readonly mirror?: Path; readonly upstream: Path },
	login: Demanded['login'] = 'none',
): ImageTry {
	const reference = readImage(image);
	if (!reference) throw new TypeError(`${image} is no image`);
	const target = { ...targetOf(reference.domain), image: reference };
	const before = aTarget({ ...target, via: 'mirror', host: 'mirror.example' });
	const walked = [
		...(mirror === undefined ? [] : [{ target: before, latest: observed(before, mirror, 5) }]),
		{ target, latest: observed(target, upstream, 5) },
	];
	const [pull] = pullVerdicts(walked);
	return { at: now - 5, found: { ...(pull && { pull }), observations: walked.map(({ latest }) => latest), login } };
}

/** An event of the kubelet about the container `app`, the last time so many seconds ago. */
export function event(reason: string, message: string, ago: number, changes: Partial<PodEvent> = {}): PodEvent {
	const lastAt = (now - ago) * 1000;
	return { reason, message, container: 'app', count: 1, firstAt: lastAt, lastAt, ...changes };
}

/** What a test says of a container; all else is usual. */
export interface Wish extends Partial<Omit<Stuck, 'pod' | 'waiting'>> {
	readonly name?: string;
	readonly image?: string;
	readonly state?: string;
	readonly message?: string;
	readonly pullSecrets?: readonly string[];
}

/** A container that waits for its image. */
export function stuckWith({ name = 'cart', image = 'ghcr.io/acme/cart:2.41', ...wish }: Wish = {}): Stuck {
	const { state: reason = 'ErrImagePull', message = '', pullSecrets = [], ...more } = wish;
	const reference = readImage(image);
	return {
		pod: { namespace: 'shop', name, uid: `uid-${name}`, pullSecrets },
		waiting: { container: 'app', image, reason, message },
		...(reference && { reference }),
		events: [],
		seenAt: now - 60,
		tries: [],
		secretsRead: false,
		unusableSecrets: [],
		changed: [],
		...more,
	};
}

/** The one explanation of one container. */
export function explained(wish: Wish, paths: Readonly<Record<string, Path>> = {}): PodExplanation {
	const [only, ...others] = explainStuck([stuckWith(wish)], sight(paths));
	if (!only || others.length > 0) throw new Error('not one explanation');
	return only;
}

/** Cause, explained, reason and host in one line; `-` for what is open. */
export function line({ cause, explained: by, reason, host }: PodExplanation): string {
	return [cause, by, reason ?? '-', host ?? '-'].join(' ');
}
