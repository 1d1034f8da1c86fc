import type { Target } from '../../plan/target.ts';
import type { Observation, StageRecord } from '../../probe/observation.ts';
import { printable } from '../../registry/redact.ts';
import { costlyAddresses, listed } from './addresses.ts';
import { certificatesOf, endingDays } from './certificates.ts';
import { numberOf, rowsOf, textsOf } from './facts.ts';
import { nameserversIn } from './nameservers.ts';
import { count, day, daysUntil, milliseconds, span } from './quantities.ts';
import { lowQuota, quotaOf, shareLeft } from './quota.ts';

/** A nameserver slower than this, in seconds, delays every pull that asks it. */
const slowNameserver = 1;
/** Clocks further apart than this, in seconds, are worth a word: tokens and certificates are judged by them. */
const largeSkew = 30;

/**
 * What is not the cause of anything today but will be tomorrow's fault, one sentence each, without repetition.
 * `now` in milliseconds since the epoch.
 */
export function warningsOf(target: Target, observation: Observation, now: number): readonly string[] {
	const gauged = [
		...observation.records.flatMap(nameserverWarnings),
		...certificateWarnings(observation, now),
		...quotaWarnings(target, observation),
	];
	return [...new Set([...gauged, ...warningsBesideGauges(target, observation)])];
}

/** Those among them that no gauge of nameservers, certificates and quotas shows. */
export function warningsBesideGauges(target: Target, { records }: Observation): readonly string[] {
	return [
		...records.flatMap(addressWarnings),
		...skewWarnings(records),
		...downgradeWarnings(target, records),
		...insecureWarnings(target, records),
	];
}

function nameserverWarnings({ stage, facts, outcome }: StageRecord): readonly string[] {
	if (stage !== 'dns' || outcome === 'failure') return [];
	return nameserversIn(facts).flatMap(({ server, state, seconds, reason }) => {
		if (state === 'silent') return [`Nameserver ${server} is silent: look-ups that reach it take 5 s longer.`];
		if (state === 'fails' || state === 'partly')
			return [`Nameserver ${server} does not answer as the others do (${reason ?? 'no reason'}).`];
		if (seconds === undefined || seconds < slowNameserver) return [];
		return [`Nameserver ${server} is slow: ${milliseconds(seconds)}.`];
	});
}

function addressWarnings({ stage, peer, facts, outcome }: StageRecord): readonly string[] {
	if (stage !== 'tcp' || outcome === 'failure') return [];
	const dead = costlyAddresses(facts);
	if (dead.length === 0) return [];
	const all = count(rowsOf(facts, 'addresses').length, 'address', 'addresses');
	return [
		`${dead.length} of ${all} of ${printable(peer)} ${dead.length === 1 ? 'is' : 'are'} dead (${listed(dead)}): pulls that meet ${dead.length === 1 ? 'it' : 'them'} are late.`,
	];
}

function certificateWarnings(observation: Observation, now: number): readonly string[] {
	return certificatesOf(observation).flatMap(({ peer, notAfter, refused }) => {
		const days = daysUntil(notAfter, now);
		if (refused || days >= endingDays) return [];
		return [
			`The certificate of ${printable(peer)} ${days < 0 ? 'ended' : `ends in ${count(days, 'day')}`} (${day(notAfter)}).`,
		];
	});
}

function quotaWarnings({ registry }: Target, observation: Observation): readonly string[] {
	const quota = quotaOf(observation);
	const share = quota && shareLeft(quota);
	if (quota === undefined || share === undefined || share >= lowQuota) return [];
	const { limit, remaining = 0, windowSeconds, source } = quota;
	const of = limit === undefined ? '' : ` of ${limit}`;
	const window = windowSeconds === undefined ? '' : ` in ${span(windowSeconds)}`;
	const who = source === undefined ? '' : `, counted for ${source}`;
	return [`${printable(registry)} leaves ${remaining}${of} pulls${window}${who}.`];
}

function skewWarnings(records: readonly StageRecord[]): readonly string[] {
	const said = records.flatMap(({ peer, facts }) => {
		const skew = numberOf(facts, 'clockSkewSeconds');
		return skew === undefined || Math.abs(skew) <= largeSkew ? [] : [{ peer, skew }];
	});
	const [worst] = said.toSorted((a, b) => Math.abs(b.skew) - Math.abs(a.skew));
	if (!worst) return [];
	const { peer, skew } = worst;
	return [
		`This node's clock is ${span(Math.abs(skew))} ${skew > 0 ? 'behind' : 'ahead of'} that of ${printable(peer)}.`,
	];
}

function insecureWarnings({ insecure, host }: Target, records: readonly StageRecord[]): readonly string[] {
	const handshake = records.some(({ role, stage }) => role === 'registry' && stage === 'tls');
	return insecure && handshake ? [`The certificate of ${printable(host)} is not verified (insecure).`] : [];
}

/** From https to plain http, as runtimes follow it: without login and token. */
function downgradeWarnings({ endpoint, host }: Target, records: readonly StageRecord[]): readonly string[] {
	if (endpoint.scheme !== 'https') return [];
	return records.flatMap(({ stage, peer, facts }) => {
		if (stage === 'token') {
			return facts?.['downgraded'] === true
				? [`${printable(peer)} hands out tokens over plain http: no login is sent to it.`]
				: [];
		}
		const to = textsOf(facts, 'redirects').find((location) => location.startsWith('http://'));
		return to === undefined
			? []
			: [`${printable(host)} redirects from https to plain http (${URL.parse(to)?.host ?? to}).`];
	});
}
