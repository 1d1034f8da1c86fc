import type { Target } from '../../src/plan/target.ts';
import type { Observation } from '../../src/probe/observation.ts';
import type { AttemptOptions } from '../../src/probe/probe.ts';
import { openPauseFile, type PauseFile } from '../../src/schedule/pauseFile.ts';
import type { PauseCause } from '../../src/schedule/pauses.ts';
import type { Hold } from '../../src/schedule/rounds.ts';
import { createSchedule, type Schedule, type ScheduleOptions } from '../../src/schedule/schedule.ts';
import { HandClock } from './handClock.ts';

export function targetOf(name: string, changed: Partial<Target> = {}): Target {
	return {
		id: `${name} ${name}`,
		registry: name,
		host: name,
		image: { domain: name, repository: 'library/busybox', tag: 'latest' },
		repository: 'library/busybox',
		bare: true,
		via: 'upstream',
		origin: 'configured',
		endpoint: { scheme: 'https', hostname: name, port: 443 },
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
		manifestGet: true,
		floor: 0.1,
		source: { file: 'config.yaml' },
		...changed,
	};
}

export function observationOf(target: Target, changed: Partial<Observation> = {}): Observation {
	const { id, registry, host } = target;
	const image = `${registry}/library/busybox:latest`;
	return {
		target: id,
		registry,
		host,
		image,
		startedAt: 0,
		seconds: 0.1,
		success: true,
		records: [],
		requests: [],
		asks: {},
		...changed,
	};
}

/** One attempt as the schedule began it: at which second, what it held back. */
export interface Begun {
	readonly id: string;
	readonly at: number;
	readonly target: Target;
	readonly hold: Hold;
	readonly signal: AbortSignal;
}

/** A schedule on a clock turned by hand whose attempts answer what the test says. */
export class World {
	readonly clock = new HandClock();
	readonly begun: Begun[] = [];
	readonly recorded: Observation[] = [];
	/** What each recorded attempt left out. */
	readonly holds: Hold[] = [];
	readonly repeated: Observation[] = [];
	readonly causes: string[] = [];
	readonly dropped: Observation[] = [];
	readonly pauses = new Map<string, readonly PauseCause[]>();
	readonly failed: string[] = [];
	readonly lags: number[] = [];
	readonly schedule: Schedule;
	/** Milliseconds. */
	stoodStill = 0;
	/** Milliseconds, of each attempt. */
	lag = 0;
	fingerprint = 'first';
	answer: (target: Target, options: AttemptOptions) => Promise<Observation> = async (target) => observationOf(target);

	constructor(options: Partial<ScheduleOptions> & { file?: (clock: HandClock) => PauseFile } = {}) {
		const { file, ...given } = options;
		this.schedule = createSchedule({
			node: 'node-1',
			clock: this.clock,
			loop: { stoodStillSince: () => this.stoodStill, quiet: () => 0, stop: () => undefined },
			lag: { during: async (work) => ({ result: await work(), lag: this.lag }) },
			pauses: file?.(this.clock) ?? openPauseFile(undefined, this.clock, () => undefined),
			probe: (target, attempt) => {
				const at = this.clock.monotonic() / 1000;
				this.begun.push({ id: target.id, at, target, hold: attempt.hold ?? {}, signal: attempt.signal });
				return this.answer(target, attempt);
			},
			record: (_target, observation, hold) => {
				this.recorded.push(observation);
				this.holds.push(hold);
			},
			onRepeat: (_target, observation, cause) => {
				this.repeated.push(observation);
				this.causes.push(cause);
			},
			onDrop: (_target, observation) => this.dropped.push(observation),
			setPauses: ({ id }, causes) => this.pauses.set(id, causes),
			onError: (target) => this.failed.push(target.id),
			onLag: (seconds) => this.lags.push(seconds),
			fingerprint: async () => this.fingerprint,
			gentle: () => false,
			...given,
		});
	}

	/** The seconds at which attempts on a target began. */
	moments(target: Target): number[] {
		return this.begun.filter(({ id }) => id === target.id).map(({ at }) => at);
	}
}

/** An attempt that no one answers: it ends only when it is cancelled. */
export function unanswered(target: Target, { signal }: AttemptOptions): Promise<Observation> {
	return new Promise((resolve) => {
		signal.addEventListener('abort', () => resolve(observationOf(target, { success: false })), { once: true });
	});
}
