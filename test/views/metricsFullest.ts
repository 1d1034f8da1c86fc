import type { Target } from '../../src/plan/target.ts';
import type { Role, StageName, StageRecord } from '../../src/probe/observation.ts';
import type { Measure, Sample, StageDescription } from '../../src/probe/stage.ts';
import type { Store } from '../../src/store/store.ts';
import { anAttempt, passed } from '../store/literals.ts';
import { aMeasure, aStage } from './metricsWorld.ts';

const perRole = ['host', 'role'];
const perHost = ['host'];
const nameservers = ['10.0.0.2', 'fd00::2'].map((nameserver, at) => ({ nameserver, family: at ? 'ipv6' : 'ipv4' }));

/** A measure that always has these samples, all 1. */
function always(metric: string, labels: readonly string[], samples: readonly Sample['labels'][]): Measure {
	return {
		metric,
		help: `Always ${metric}.`,
		labels,
		samples: () => samples.map((given) => ({ labels: given, value: 1 })),
	};
}

const addresses = ['ipv4', 'ipv6'].flatMap((family) =>
	['reachable', 'unreachable'].map((state) => ({ family, state })),
);
const states = ['limited', 'exhausted', 'unlimited_or_unknown'].map((state) => ({ state }));
const source = [{ source: '203.0.113.7' }];
const skew = aMeasure('clock_skew_seconds', perRole, 'skew');

/** As many measures as the contract has, each with as many series as it can have. */
export const fullestStages: readonly StageDescription[] = [
	aStage(
		'dns',
		always('dns_nameserver_success', ['nameserver', 'family'], nameservers),
		always('dns_nameserver_duration_seconds', ['nameserver', 'family'], nameservers),
	),
	aStage('tcp', always('addresses', [...perRole, 'family', 'state'], addresses)),
	aStage(
		'tls',
		always('tls_certificate_not_after_timestamp_seconds', perRole, [{}]),
		always('tls_info', [...perRole, 'version', 'issuer'], [{ version: 'TLS 1.3', issuer: 'Amazon' }]),
	),
	aStage('challenge', skew),
	aStage('token', always('token_lifetime_seconds', perHost, [{}]), skew),
	aStage(
		'manifest',
		skew,
		always('ratelimit_limit', [...perHost, 'source'], source),
		always('ratelimit_remaining', [...perHost, 'source'], source),
		always('ratelimit_window_seconds', [...perHost, 'source'], source),
		always('ratelimit_state', [...perHost, 'state'], states),
	),
	aStage('blob', skew, always('blob_bytes_per_second', perHost, [{}])),
];

const walked: Readonly<Record<Role, readonly StageName[]>> = {
	registry: ['dns', 'tcp', 'tls', 'challenge', 'manifest'],
	token: ['dns', 'tcp', 'tls', 'token'],
	redirect: ['dns', 'tcp', 'tls', 'manifest'],
	blob: ['dns', 'tcp', 'tls', 'blob'],
};

/** Records of every role, over two redirect hosts, the last stage failed. */
export function fullestRecords(): readonly StageRecord[] {
	const facts = { skew: 1, ratelimit: { source: '203.0.113.7' } };
	const roles = Object.keys(walked) as readonly Role[];
	const records = roles.flatMap((role) => walked[role].map((stage) => passed(`${role} ${stage}`, facts)));
	const last: StageRecord = {
		...passed('blob blob', facts),
		outcome: 'failure',
		reason: 'body_stalled',
		detail: 'silent',
	};
	const elsewhere = records.filter(({ role }) => role === 'redirect').map((record) => ({ ...record, peer: 'other' }));
	return [...records.slice(0, -1), ...elsewhere, last];
}

/** Records the fullest attempt that a target can have, with every pause and every kind of request. */
export function fillUp(store: Store, target: Target): void {
	const requests = [
		{ role: 'registry', method: 'HEAD' },
		{ role: 'registry', method: 'GET' },
		{ role: 'token', method: 'GET' },
		{ role: 'token', method: 'POST' },
		{ role: 'redirect', method: 'HEAD' },
		{ role: 'redirect', method: 'GET' },
		{ role: 'blob', method: 'GET' },
	] as const;
	store.record(anAttempt(target, [passed('registry manifest')]));
	store.record(anAttempt(target, fullestRecords(), { requests }));
	store.setPauses(target.id, ['floor', 'retry_after', 'credentials']);
	store.setLogin(target.id, { source: 'node', notAfter: 1 });
}
