import type { Target } from '../../src/plan/target.ts';
import type { Observation, StageRecord } from '../../src/probe/observation.ts';
import { createStore, type Store } from '../../src/store/store.ts';
import { pullVerdicts } from '../../src/verdict/pullVerdict.ts';

/** A target with nothing special, changed by `changes`; its id is always right. */
export function aTarget(changes: Partial<Target> = {}): Target {
	const image = changes.image ?? { domain: 'docker.io', repository: 'library/hello-world', tag: 'latest' };
	const target = {
		registry: 'docker.io',
		host: 'registry-1.docker.io',
		image,
		repository: image.repository,
		bare: false,
		via: 'upstream',
		origin: 'configured',
		endpoint: { scheme: 'https', hostname: 'registry-1.docker.io', port: 443 },
		root: '/v2',
		cas: [],
		unasked: false,
		clientCertificates: [],
		client: 'containerd',
		headers: {},
		capabilities: ['pull', 'resolve'],
		interval: 60,
		timeout: 10,
		attemptTimeout: 60,
		noProxy: '',
		insecure: false,
		credentials: { source: 'anonymous' },
		blob: { bytes: 65_536, byDefault: true },
		manifestGet: false,
		floor: 0.1,
		source: { file: 'defaults' },
		...changes,
	} satisfies Omit<Target, 'id'>;
	return { ...target, id: `${target.registry} ${target.host}` };
}

/** A record of a stage that succeeded in a tenth of a second. */
export function passed(
	name: `${StageRecord['role']} ${StageRecord['stage']}`,
	facts?: StageRecord['facts'],
): StageRecord {
	return { ...place(name), seconds: 0.1, outcome: 'success', ...(facts && { facts }) };
}

/** A record of a stage that failed, with the reason given. */
export function broke(
	name: `${StageRecord['role']} ${StageRecord['stage']}`,
	reason: (StageRecord & { outcome: 'failure' })['reason'],
	facts?: StageRecord['facts'],
): StageRecord {
	return { ...place(name), seconds: 0.1, outcome: 'failure', reason, detail: 'it broke', ...(facts && { facts }) };
}

function place(name: `${StageRecord['role']} ${StageRecord['stage']}`): Pick<StageRecord, 'role' | 'stage' | 'peer'> {
	const [role, stage] = name.split(' ') as [StageRecord['role'], StageRecord['stage']];
	return { role, stage, peer: `${role}.example` };
}

/** An attempt on `target` with these records, begun at the epoch and one second long. */
export function anAttempt(
	target: Target,
	records: readonly StageRecord[],
	changes: Partial<Observation> = {},
): Observation {
	return {
		target: target.id,
		registry: target.registry,
		host: target.host,
		image: 'docker.io/library/hello-world:latest',
		startedAt: 0,
		seconds: 1,
		success: records.every(({ outcome }) => outcome === 'success'),
		records,
		requests: [],
		asks: {},
		...changes,
	};
}

/** A store as the agent makes it, planned with these targets. */
export function aStore(...targets: readonly Target[]): Store {
	const store = createStore({ judge: pullVerdicts, proxied: ({ proxy }) => proxy !== undefined });
	store.setPlan(targets);
	return store;
}
