import type { Target } from '../../src/plan/target.ts';
import type { Observation } from '../../src/probe/observation.ts';
import { createStore, type Store } from '../../src/store/store.ts';
import { pullVerdicts } from '../../src/verdict/pullVerdict.ts';
import type { PageInput } from '../../src/views/page/input.ts';
import {
	aTarget,
	aTargetOf,
	anObservation,
	broke,
	certified,
	deadTokenService,
	dialled,
	greenPath,
	now,
	resolved,
	worked,
} from './builders.ts';

/** A store that took in the same observation `times` times, one a minute, the last five seconds ago. */
export function lived(store: Store, observation: Observation, times = 1): void {
	for (let ago = times - 1; ago >= 0; ago -= 1) {
		store.record({ ...observation, startedAt: observation.startedAt - ago * 60_000 });
	}
}

/** What the page is made of after these attempts; a target without one waits for its first. */
export function aPage(
	walked: readonly (readonly [Target, ...Observation[]])[],
	change: Partial<PageInput> = {},
): PageInput {
	const store = createStore({ judge: pullVerdicts, proxied: () => false });
	store.setPlan(walked.map(([target]) => target));
	for (const [, ...observations] of walked) {
		observations.forEach((observation, at) => {
			store.record({ ...observation, startedAt: observation.startedAt - (observations.length - 1 - at) * 60_000 });
		});
	}
	return {
		node: 'ip-10-0-3-17',
		network: 'host',
		states: store.states(),
		verdicts: store.verdicts(),
		agent: store.agent(),
		now,
		version: '0.1.0',
		...change,
	};
}

/** Attempts of different length, a few of them failed where `broken` says how. */
function history(green: Observation, broken: Observation | undefined, last: Observation): readonly Observation[] {
	const earlier = Array.from({ length: 90 }, (_, at) =>
		broken && at >= 40 && at < 47
			? broken
			: { ...green, seconds: green.seconds * (1 + Math.abs(Math.sin(at)) * (at % 13 === 0 ? 6 : 1)) },
	);
	return [...earlier, last];
}

const hub = aTarget();
const hubGreen = anObservation(hub, greenPath());
const hubLow = anObservation(hub, greenPath('registry-1.docker.io', 8));
const hubDead = anObservation(hub, deadTokenService(), 10.14);

function green(registry: string): readonly [Target, ...Observation[]] {
	const target = aTargetOf(registry);
	const observation = anObservation(target, openPath(registry), 0.31);
	return [target, ...history(observation, undefined, observation)];
}

function openPath(host: string) {
	return [
		worked('registry', host, 'dns', 0.004, resolved(['192.0.2.10', '192.0.2.11'])),
		worked('registry', host, 'tcp', 0.011, dialled(['192.0.2.10', '192.0.2.11'])),
		worked('registry', host, 'tls', 0.019, certified(12, "Let's Encrypt")),
		worked('registry', host, 'challenge', 0.08, { status: 200, scheme: 'none' }),
		{ role: 'registry', peer: host, stage: 'manifest', outcome: 'success', facts: { status: 200 } } as const,
		worked('registry', host, 'blob', 0.12, { bytes: 65_536, bytesPerSecond: 2_400_000 }),
	];
}

function deadMirror(): readonly [Target, ...Observation[]] {
	const target = aTarget({
		via: 'mirror',
		host: 'mirror.corp:5000',
		endpoint: { scheme: 'https', hostname: 'mirror.corp', port: 5000 },
	});
	const observation = anObservation(
		target,
		[
			worked('registry', 'mirror.corp:5000', 'dns', 0.004, resolved(['10.1.1.1'])),
			broke('registry', 'mirror.corp:5000', 'tcp', {
				reason: 'tcp_refused',
				detail: '10.1.1.1:5000 refused the connection',
				facts: dialled([], ['10.1.1.1']),
			}),
		],
		0.02,
	);
	return [target, ...history(anObservation(target, openPath('mirror.corp:5000'), 0.05), observation, observation)];
}

function expired(): readonly [Target, ...Observation[]] {
	const target = aTargetOf('registry.corp.example');
	const host = 'registry.corp.example';
	return [
		target,
		anObservation(target, [
			worked('registry', host, 'dns', 0.004, resolved(['10.1.1.9'])),
			worked('registry', host, 'tcp', 0.001, dialled(['10.1.1.9'])),
			broke('registry', host, 'tls', {
				reason: 'tls_expired',
				detail: 'certificate of registry.corp.example ended 2 days ago (2026-02-27)',
				seconds: 0.012,
				facts: { ...certified(-2, 'Corp CA'), verified: false },
			}),
		]),
	];
}

/** Pages of nodes in different trouble, by name. */
export const pages = {
	green: () =>
		aPage([
			[hub, ...history(hubGreen, undefined, hubGreen)],
			green('ghcr.io'),
			green('quay.io'),
			green('registry.k8s.io'),
		]),
	broken: () => aPage([[hub, ...history(hubGreen, hubDead, hubDead)], green('ghcr.io'), green('quay.io')]),
	mixed: () =>
		aPage([
			deadMirror(),
			[hub, ...history(hubGreen, hubDead, hubLow)],
			expired(),
			green('ghcr.io'),
			[aTargetOf('waiting.example')],
		]),
	many: () =>
		aPage([
			[hub, ...history(hubGreen, hubDead, hubDead)],
			...Array.from({ length: 49 }, (_, at) => green(`registry-${at + 1}.example`)),
		]),
	long: () =>
		aPage(
			[
				(() => {
					const host = `${'a-very-long-label-in-a-name.'.repeat(7)}example`;
					const target = aTargetOf(host, `${'deep/'.repeat(40)}app`);
					return [
						target,
						anObservation(target, [
							broke('registry', host, 'dns', {
								reason: 'dns_name_not_found',
								detail: 'x'.repeat(400),
								facts: resolved([], ['2001:db8:1234:5678:9abc:def0:1234:5678']),
							}),
						]),
					] as const;
				})(),
			],
			{ node: 'ip-10-0-3-17.a-very-long-region-name.compute.internal.example.corporation.test' },
		),
	empty: () => aPage([]),
} as const;
