import type { Target } from '../../src/plan/target.ts';
import type { Facts, Observation, Role, StageName, StageRecord } from '../../src/probe/observation.ts';
import type { Reason } from '../../src/reasons/reason.ts';
import { formatReference } from '../../src/registry/reference.ts';

/** The moment at which all views in these tests are made. */
export const now = Date.parse('2026-03-01T03:00:00Z');

/** Docker Hub as the node's configuration names it; `change` replaces single members. */
export function aTarget(change: Partial<Target> = {}): Target {
	const image = change.image ?? { domain: 'docker.io', repository: 'library/hello-world', tag: 'latest' };
	const target: Target = {
		id: 'docker.io registry-1.docker.io',
		registry: 'docker.io',
		host: 'registry-1.docker.io',
		image,
		repository: image.repository,
		bare: false,
		via: 'upstream',
		origin: 'default',
		endpoint: { scheme: 'https', hostname: 'registry-1.docker.io', port: 443 },
		root: '/v2',
		cas: [],
		unasked: false,
		clientCertificates: [],
		client: 'containerd',
		headers: {},
		capabilities: ['pull', 'resolve'],
		interval: 300,
		timeout: 10,
		attemptTimeout: 60,
		noProxy: '',
		insecure: false,
		credentials: { source: 'anonymous' },
		blob: { bytes: 65_536, byDefault: true },
		manifestGet: false,
		floor: 0.1,
		source: { file: 'built-in' },
		...change,
	};
	return { ...target, id: `${target.registry} ${target.host}` };
}

/** A target of another registry, asked for one of its images. */
export function aTargetOf(registry: string, repository = 'team/app', change: Partial<Target> = {}): Target {
	return aTarget({
		registry,
		host: registry,
		image: { domain: registry, repository, tag: '1.2' },
		endpoint: { scheme: 'https', hostname: registry, port: 443 },
		...change,
	});
}

/** An attempt on `target`; it succeeded unless a record is a failure. */
export function anObservation(target: Target, records: readonly StageRecord[], seconds = 0.41): Observation {
	return {
		target: target.id,
		registry: target.registry,
		host: target.host,
		image: formatReference(target.image),
		startedAt: now - 5000,
		seconds,
		success: records.every(({ outcome }) => outcome === 'success'),
		records,
		requests: [],
		asks: {},
	};
}

/** A record of a stage that worked. */
export function worked(role: Role, peer: string, stage: StageName, seconds: number, facts: Facts = {}): StageRecord {
	return { role, peer, stage, seconds, outcome: 'success', facts };
}

/** A record of the stage that broke. */
export function broke(
	role: Role,
	peer: string,
	stage: StageName,
	because: { readonly reason: Reason; readonly detail: string; readonly seconds?: number; readonly facts?: Facts },
): StageRecord {
	const { reason, detail, seconds = 0.01, facts = {} } = because;
	return { role, peer, stage, seconds, outcome: 'failure', reason, detail, facts };
}

/** Facts of a dns record: every nameserver answers for both families but the silent ones. */
export function resolved(
	addresses: readonly string[],
	answering = ['10.0.0.2'],
	silent: readonly string[] = [],
): Facts {
	const answers = answering.flatMap((server) => bothFamilies({ server, success: true, seconds: 0.008 }));
	const silence = silent.flatMap((server) => bothFamilies({ server, success: false, reason: 'dns_timeout' }));
	return { name: 'name', source: 'dns', addresses, nameservers: [...answers, ...silence] };
}

function bothFamilies(answer: Facts): readonly Facts[] {
	return [
		{ ...answer, family: 'ipv4' },
		{ ...answer, family: 'ipv6' },
	];
}

/** Facts of a tcp record: every address answers but the dead ones. */
export function dialled(answering: readonly string[], dead: readonly string[] = []): Facts {
	const fact = (address: string, state: string) => ({
		address,
		family: address.includes(':') ? 'ipv6' : 'ipv4',
		state,
		...(state === 'unreachable' && { reason: 'tcp_timeout' }),
	});
	return {
		addresses: [
			...answering.map((address) => fact(address, 'reachable')),
			...dead.map((address) => fact(address, 'unreachable')),
		],
		...(answering[0] !== undefined && { used: answering[0] }),
	};
}

/** Facts of a tls record whose certificate ends after so many days. */
export function certified(days: number, issuer = 'Amazon'): Facts {
	return { version: 'TLS 1.3', issuer, verified: true, notAfter: now / 1000 + days * 86_400 + 60 };
}

/** Reaching one host without any trouble. */
export function reached(role: Role, peer: string, days = 143): readonly StageRecord[] {
	return [
		worked(role, peer, 'dns', 0.003, resolved(['18.206.20.10', '18.206.20.11', '18.206.20.12'])),
		worked(role, peer, 'tcp', 0.009, dialled(['18.206.20.10', '18.206.20.11', '18.206.20.12'])),
		worked(role, peer, 'tls', 0.021, certified(days)),
	];
}

/** The whole path of a pull from Docker Hub without any trouble. */
export function greenPath(host = 'registry-1.docker.io', remaining = 98): readonly StageRecord[] {
	return [
		...reached('registry', host),
		worked('registry', host, 'challenge', 0.094, {
			status: 401,
			scheme: 'bearer',
			realm: 'https://auth.docker.io/token',
			clockSkewSeconds: 0.4,
		}),
		...reached('token', 'auth.docker.io'),
		worked('token', 'auth.docker.io', 'token', 0.051, { status: 200, lifetimeSeconds: 300 }),
		worked('registry', host, 'manifest', 0.062, {
			status: 200,
			digest: 'sha256:c1ec31eb59444d78df06a974d155e597c894ab4cda84f08294145e845394988e',
			ratelimit: { limit: 100, remaining, windowSeconds: 21_600, source: '203.0.113.7' },
		}),
		...reached('blob', 'production.cloudflare.docker.com', 60),
		worked('blob', 'production.cloudflare.docker.com', 'blob', 0.04, { bytes: 2459, verified: true }),
	];
}

/** The path of the sketch: the token service of Docker Hub cannot be reached. */
export function deadTokenService(): readonly StageRecord[] {
	const host = 'registry-1.docker.io';
	const answering = ['3.94.224.37', '3.94.224.38', '3.94.224.39', '2600:1f18::2', '2600:1f18::3'];
	return [
		worked('registry', host, 'dns', 0.012, resolved([...answering, '2600:1f18::1'], ['10.0.0.2'], ['10.0.0.3'])),
		worked('registry', host, 'tcp', 0.009, dialled(answering, ['2600:1f18::1'])),
		worked('registry', host, 'tls', 0.021, certified(143)),
		worked('registry', host, 'challenge', 0.094, {
			status: 401,
			scheme: 'bearer',
			realm: 'https://auth.docker.io/token',
			clockSkewSeconds: -0.2,
		}),
		worked('token', 'auth.docker.io', 'dns', 0.003, resolved(['18.206.20.10', '18.206.20.11', '18.206.20.12'])),
		broke('token', 'auth.docker.io', 'tcp', {
			reason: 'tcp_timeout',
			detail: 'SYN to 18.206.20.10:443 unanswered, 3 addresses tried',
			seconds: 10,
			facts: dialled([], ['18.206.20.10', '18.206.20.11', '18.206.20.12']),
		}),
	];
}
