import type { Facts, StageName, StageRecord } from '../../probe/observation.ts';
import { printable } from '../../registry/redact.ts';
import { redactText } from '../../registry/redactText.ts';
import { deadAddresses, families, listed, translation } from './addresses.ts';
import { numberOf, partOf, rowsOf, textOf, textsOf } from './facts.ts';
import { nameserversIn } from './nameservers.ts';
import { byteSize, count, daysUntil, span } from './quantities.ts';

/** Longest detail of a failure that is shown, in characters. */
const detailLength = 500;

/** What a stage found in one line of plain words; `now` in milliseconds since the epoch. Safe to print. */
export function findingOf(record: StageRecord, now: number): string {
	const { facts = {} } = record;
	if (record.outcome === 'success') return tellers[record.stage](facts, now);
	return printable(redactText(record.detail), detailLength);
}

const tellers: Readonly<Record<StageName, (facts: Facts, now: number) => string>> = {
	dns: tellDns,
	tcp: tellTcp,
	proxy: (facts) => `through ${textOf(facts, 'proxy') ?? 'the proxy'}`,
	tls: tellTls,
	challenge: tellChallenge,
	token: tellToken,
	manifest: tellManifest,
	blob: tellBlob,
};

function tellDns(facts: Facts): string {
	const servers = nameserversIn(facts);
	const source =
		facts['source'] === 'hosts'
			? '/etc/hosts'
			: servers.find(({ state }) => state === 'answers' || state === 'partly')?.server;
	const found = families(textsOf(facts, 'addresses')) + (source === undefined ? '' : ` from ${source}`);
	const silent = servers.filter(({ state }) => state === 'silent').map(({ server }) => server);
	const odd = servers.filter(({ state }) => state === 'fails' || state === 'partly');
	return [
		found,
		...(silent.length > 0 ? [`${listed(silent)} silent`] : []),
		...odd.map(({ server, reason }) => `${server}: ${reason ?? 'no addresses'}`),
	].join('; ');
}

function tellTcp(facts: Facts): string {
	const all = rowsOf(facts, 'addresses').length;
	const dead = deadAddresses(facts);
	const used = textOf(facts, 'used');
	const way = translation(used);
	if (all <= 1) return `${used ?? 'the address'} answers${way}`;
	if (dead.length === 0) return `all ${all} addresses answer${way}`;
	return `${all - dead.length} of ${all} addresses answer (${listed(dead)} unreachable)${way}`;
}

function tellTls(facts: Facts, now: number): string {
	const issuer = textOf(facts, 'issuer');
	const notAfter = numberOf(facts, 'notAfter');
	return [
		textOf(facts, 'version') ?? 'TLS',
		...(issuer === undefined ? [] : [`certificate by ${issuer}`]),
		...(notAfter === undefined ? [] : [remaining(daysUntil(notAfter, now))]),
		...(facts['verified'] === false ? ['not verified'] : []),
	].join(', ');
}

function remaining(days: number): string {
	return days < 0 ? 'expired' : `${count(days, 'day')} left`;
}

function tellChallenge(facts: Facts): string {
	const realm = textOf(facts, 'realm');
	if (facts['scheme'] === 'none') return 'open: no login asked';
	if (facts['scheme'] === 'basic') return 'Basic: user and password';
	return realm === undefined ? 'Bearer' : `Bearer, realm ${URL.parse(realm)?.host ?? realm}`;
}

function tellToken(facts: Facts): string {
	const lifetime = numberOf(facts, 'lifetimeSeconds');
	return lifetime === undefined ? 'token given' : `token given for ${span(lifetime)}`;
}

function tellManifest(facts: Facts): string {
	const asked = textOf(facts, 'asked');
	const answered = numberOf(facts, 'answered');
	const digest = textOf(facts, 'digest');
	const left = quotaLeft(facts);
	const skipped = textOf(facts, 'blobSkipped');
	const found = digest === undefined ? 'found' : `found, ${shortDigest(digest)}`;
	return [
		asked === undefined ? found : `a registry: answers ${answered ?? 'a refusal'} for ${asked}`,
		...(left === undefined ? [] : [left]),
		...(skipped === undefined ? [] : [`no layer read: ${skipped}`]),
	].join(', ');
}

/** `98 of 100 pulls left`, where the registry says so. */
function quotaLeft(facts: Facts): string | undefined {
	const ratelimit = partOf(facts, 'ratelimit');
	const limit = numberOf(ratelimit, 'limit');
	const left = numberOf(ratelimit, 'remaining');
	if (left === undefined) return undefined;
	return limit === undefined ? `${count(left, 'pull')} left` : `${left} of ${count(limit, 'pull')} left`;
}

function shortDigest(digest: string): string {
	return digest.length > 19 ? `${digest.slice(0, 19)}…` : digest;
}

function tellBlob(facts: Facts): string {
	const bytes = numberOf(facts, 'bytes');
	const rate = numberOf(facts, 'bytesPerSecond');
	return [
		bytes === undefined ? 'read' : `${byteSize(bytes)} read`,
		...(facts['verified'] === true ? ['digest right'] : []),
		...(rate === undefined ? [] : [`${byteSize(rate)}/s`]),
	].join(', ');
}
