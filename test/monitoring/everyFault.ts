import { labelled } from './timeline.ts';
import { names, own, series } from './nodes.ts';

/** A name and its value, as an exposition has them. */
type Sample = readonly [series: string, value: number];

const zones = ['a', 'b', 'c'];
const all = names(24);
const zoneAt = (at: number) => zones[at % zones.length] ?? '';
const sourceAt = (at: number) => `203.0.113.${at % 4}`;
const day = 86_400;
const longAgo = 1_700_000_000;

/** Of which nodes a registry fails, by its name. */
const failsOn: Readonly<Record<string, (at: number) => boolean>> = {
	'all.example': () => true,
	'zone.example': (at) => zoneAt(at) === 'a',
	'source.example': (at) => sourceAt(at) === '203.0.113.2',
	'many.example': (at) => [0, 5, 10, 15, 20].includes(at),
	'one.example': (at) => at === 0,
	'well.example': () => false,
};

/**
 * Metrics of 24 agents, and of kube-state-metrics, by which every alert is active at once: each fault has a registry of
 * its own. `now` in seconds since the epoch; `scrape` counts up, for what shows only in how values change.
 */
export function everyFault(now: number, scrape: number): string {
	const samples = [
		...all.flatMap((node, at) => nodeSamples(node, at, now)),
		...faultsOfParts(),
		...faultsOfSecrets(now),
		...faultsOfQuotas(scrape),
		...faultsOfAgents(now, scrape),
	];
	return samples.map(([name, value]) => `${name} ${value}\n`).join('');
}

function nodeSamples(node: string, at: number, now: number): readonly Sample[] {
	const { network: _, ...target } = own(node);
	return [
		[labelled('up', target), node === 'n23' ? 0 : 1],
		[labelled('process_start_time_seconds', own(node)), longAgo],
		[series('node_created_timestamp_seconds', node), now - day],
		[series('config_last_reload_successful', node), Number(at > 0)],
		[series('node_info', node, { zone: zoneAt(at) }), 1],
		[series('egress_info', node, { registry: 'all.example', source: sourceAt(at) }), 1],
		...Object.entries(failsOn).flatMap(([registry, fails]) => pathSamples(node, registry, fails(at))),
	];
}

function pathSamples(node: string, registry: string, fails: boolean): readonly Sample[] {
	const labels = { registry, host: registry };
	return [
		[series('target_info', node, { ...labels, via: 'upstream', origin: 'default' }), 1],
		[series('pull_success', node, { registry }), Number(!fails)],
		[series('success', node, labels), Number(!fails)],
		...(fails ? [stageFailure(node, registry, 'registry', 'tcp', 'tcp_timeout')] : []),
	];
}

function stageFailure(node: string, registry: string, role: string, stage: string, reason: string): Sample {
	return [series('stage_failure', node, { registry, host: registry, role, stage, reason }), 1];
}

function faultsOfParts(): readonly Sample[] {
	const registry = 'one.example';
	const mirror = { registry: 'well.example', host: 'mirror.corp' };
	const address = { registry: 'well.example', host: 'well.example', role: 'registry', family: 'ipv6' };
	return [
		[series('stage_success', 'n1', { registry, host: registry, role: 'registry', stage: 'manifest' }), 1],
		stageFailure('n1', registry, 'blob', 'tls', 'tls_untrusted'),
		stageFailure('n1', registry, 'token', 'token', 'http_server_error'),
		...['blob', 'token'].map((role): Sample => [
			series('role_host_info', 'n1', { registry, host: registry, role, peer: `${role}.example` }),
			1,
		]),
		[series('target_info', 'n1', { ...mirror, via: 'mirror', origin: 'default' }), 1],
		[series('success', 'n1', mirror), 0],
		[series('pull_delay_seconds', 'n1', { registry: 'well.example', cause: 'dead_mirror' }), 30],
		[series('dns_nameserver_success', 'n1', { registry, nameserver: '10.0.0.2', family: 'ipv4' }), 1],
		[series('dns_nameserver_success', 'n1', { registry, nameserver: '10.0.0.3', family: 'ipv4' }), 0],
		[series('dns_nameserver_success', 'n1', { registry, nameserver: '127.0.0.53', family: 'ipv4' }), 0],
		[series('addresses', 'n1', { ...address, state: 'reachable' }), 0],
		[series('addresses', 'n1', { ...address, state: 'unreachable' }), 2],
		[series('pull_delay_seconds', 'n1', { registry: 'well.example', cause: 'dead_address' }), 0.3],
		[series('image_pull_failing', 'n1', { registry: 'well.example', cause: 'unknown', explained: 'unknown' }), 3],
	];
}

function faultsOfSecrets(now: number): readonly Sample[] {
	const labels = { registry: 'well.example', host: 'well.example' };
	const ends = 'tls_certificate_not_after_timestamp_seconds';
	const issuer = (node: string, name: string): Sample => [
		series('tls_info', node, { ...labels, role: 'registry', version: 'TLS 1.3', issuer: name }),
		1,
	];
	return [
		[series(ends, 'n1', { ...labels, role: 'token' }), now + 10 * day],
		[series(ends, 'n1', { registry: 'one.example', host: 'one.example', role: 'blob' }), now - day],
		issuer('n1', 'Corp Proxy'),
		issuer('n2', 'Amazon'),
		issuer('n3', 'Amazon'),
		[series('credential_not_after_timestamp_seconds', 'n1', { registry: 'well.example', source: 'file' }), now + 600],
		stageFailure('n2', 'well.example', 'token', 'token', 'auth_rejected'),
		[series('pull_secret_success', 'n1', { registry: 'well.example', namespace: 'team', secret: 'regcred' }), 0],
		[
			series('pull_secret_failure', 'n1', {
				registry: 'well.example',
				namespace: 'team',
				secret: 'regcred',
				reason: 'auth_rejected',
			}),
			1,
		],
	];
}

function faultsOfQuotas(scrape: number): readonly Sample[] {
	const labels = { registry: 'well.example', host: 'well.example' };
	const of = (name: string, source: string, value: number): Sample => [
		series(name, 'n1', { ...labels, source }),
		value,
	];
	const account = 'd0b1e7c2';
	return [
		of('ratelimit_limit', '203.0.113.7', 1000),
		of('ratelimit_remaining', '203.0.113.7', Math.max(1, 190 - scrape)),
		of('ratelimit_window_seconds', '203.0.113.7', 21_600),
		of('ratelimit_limit', '203.0.113.8', 100),
		of('ratelimit_remaining', '203.0.113.8', 0),
		of('ratelimit_limit', account, 100),
		...all.map((node): Sample => [series('egress_info', node, { registry: 'well.example', source: account }), 1]),
	];
}

function faultsOfAgents(now: number, scrape: number): readonly Sample[] {
	const pod = {
		namespace: 'registry-probe',
		created_by_kind: 'DaemonSet',
		created_by_name: 'registry-probe',
		node: 'n99',
	};
	return [
		[labelled('kube_pod_info', pod), 1],
		[series('last_attempt_timestamp_seconds', 'n2', { registry: 'old.example', host: 'old.example' }), now - day],
		[labelled('process_start_time_seconds', { ...own('n24'), pod: 'again' }), longAgo - day + scrape],
		[series('pull_success', 'n3', { registry: 'flapping.example' }), scrape % 2],
		[
			series('target_info', 'n3', {
				registry: 'flapping.example',
				host: 'flapping.example',
				via: 'upstream',
				origin: 'default',
			}),
			1,
		],
		[
			series('failures_total', 'n3', {
				registry: 'flapping.example',
				host: 'flapping.example',
				role: 'registry',
				stage: 'tls',
			}),
			scrape,
		],
		[series('series_dropped_total', 'n3'), scrape],
	];
}
