import { hostOf } from '../../registry/endpoint.ts';
import { upstreamEndpoint } from '../../registry/hosts.ts';
import { InvalidReference, parseReference } from '../../registry/image.ts';
import { isRecord } from '../../registry/json.ts';
import type { Fault, MirrorReport, NodeReport, PullReport } from './nodeReport.ts';
import { numberIn, recordsIn, textIn } from './reportText.ts';

type Raw = Readonly<Record<string, unknown>>;

/** What is read of one observation. */
interface Attempt {
	readonly registry: string;
	readonly host: string;
	readonly image: string;
	readonly success: boolean;
	readonly fault?: Fault;
	readonly ratelimit?: Raw;
}

/**
 * What an agent's observations document (docs/observations.schema.json, version 1) says of its node; undefined for what is
 * no such document. Keys that a newer agent has are passed over. The node is called as the cluster calls it, because the
 * agent may have been given another name.
 */
export function readObservations(document: unknown, node: string, zone?: string): NodeReport | undefined {
	if (!isRecord(document) || document['version'] !== 1) return undefined;
	if (!Array.isArray(document['pulls']) || !Array.isArray(document['observations'])) return undefined;
	const attempts = recordsIn(document['observations']).flatMap(attemptOf);
	const pulls = recordsIn(document['pulls']).flatMap((pull) => pullOf(pull, attempts));
	return {
		node,
		...(zone !== undefined && { zone }),
		pulls: [...Map.groupBy(pulls, ({ registry }) => registry).values()].flatMap(worst),
		mirrors: mirrorsOf(attempts),
	};
}

/** Of several images of one registry the one that fails stands for it. */
function worst(pulls: readonly PullReport[]): readonly PullReport[] {
	return pulls
		.filter(({ success }) => !success)
		.concat(pulls)
		.slice(0, 1);
}

function pullOf(pull: Raw, attempts: readonly Attempt[]): readonly PullReport[] {
	const registry = textIn(pull['registry']);
	if (registry === undefined || typeof pull['success'] !== 'boolean') return [];
	const own = attempts.filter((attempt) => attempt.registry === registry);
	const fault = pull['success'] ? undefined : blameOf(pull['blame'], own);
	const delaySeconds = numberIn(pull['delaySeconds']);
	const ratelimit = own.findLast((attempt) => attempt.ratelimit)?.ratelimit;
	const remaining = numberIn(ratelimit?.['remaining']);
	const limit = numberIn(ratelimit?.['limit']);
	const source = textIn(ratelimit?.['source']);
	const image = textIn(pull['image']);
	return [
		{
			registry,
			...(image !== undefined && { image }),
			success: pull['success'],
			...(fault && { fault }),
			...(delaySeconds !== undefined && delaySeconds > 0 && { delaySeconds }),
			...(remaining !== undefined && { quota: { remaining, ...(limit !== undefined && { limit }) } }),
			...(source !== undefined && { source }),
		},
	];
}

/** The blame names the endpoint; its attempt names the host that really failed, a token service for example. */
function blameOf(blame: unknown, attempts: readonly Attempt[]): Fault | undefined {
	const fault = isRecord(blame) ? faultOf(blame, blame['host']) : undefined;
	const attempt = attempts.find(({ host }) => host === fault?.host);
	const same = attempt?.fault?.role === fault?.role && attempt?.fault?.stage === fault?.stage;
	return same ? attempt?.fault : fault;
}

function attemptOf(observation: Raw): readonly Attempt[] {
	const registry = textIn(observation['registry']);
	const host = textIn(observation['host']);
	const image = textIn(observation['image']);
	if (registry === undefined || host === undefined || image === undefined) return [];
	const records = recordsIn(observation['records']);
	const failed = records.find(({ outcome }) => outcome === 'failure');
	const fault = failed && faultOf(failed, failed['peer']);
	const ratelimit = records.map(({ facts }) => (isRecord(facts) ? facts['ratelimit'] : undefined)).findLast(isRecord);
	const success = observation['success'] === true;
	return [{ registry, host, image, success, ...(fault && { fault }), ...(ratelimit && { ratelimit }) }];
}

function faultOf(said: Raw, at: unknown): Fault | undefined {
	const [host, role, stage, reason] = [at, said['role'], said['stage'], said['reason']].map(textIn);
	if (host === undefined || role === undefined || stage === undefined || reason === undefined) return undefined;
	return { host, role, stage, reason };
}

/** The hosts of a registry beside its own, where it has several: one alone is no mirror but what was configured. */
function mirrorsOf(attempts: readonly Attempt[]): readonly MirrorReport[] {
	return [...Map.groupBy(attempts, ({ registry }) => registry).values()].flatMap((own) =>
		own.length < 2
			? []
			: own
					.filter(({ host, image }) => host !== upstreamHost(image))
					.map(({ registry, host, success, fault }) => ({ registry, host, success, ...(fault && { fault }) })),
	);
}

function upstreamHost(image: string): string | undefined {
	try {
		return hostOf(upstreamEndpoint(parseReference(image).domain));
	} catch (error) {
		if (error instanceof InvalidReference || error instanceof RangeError) return undefined;
		throw error;
	}
}
