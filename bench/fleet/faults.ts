import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault, Fleet } from './fleet.ts';
import type { Prometheus } from './prometheus.ts';

/** What a fault should lead to. */
interface Expected {
	readonly name: string;
	/** The alert that tells of it, and labels that it must have. */
	readonly alert: string;
	readonly labels: Readonly<Record<string, string>>;
	/** The verdict; absent where there is none, as for a quota. */
	readonly scope?: string;
	readonly fault: Omit<Fault, 'name' | 'begunAt'>;
}

/** When a fault was seen, in seconds after it began; absent where it was not. */
export interface Seen {
	readonly name: string;
	readonly alert: string;
	readonly verdict?: number;
	readonly pending?: number;
	readonly firing?: number;
}

const drained = '203.0.113.7';

/** Of the fleet's registries the second fails on one node, the third in a zone, the fourth everywhere; a source is drained. */
export const expected: readonly Expected[] = [
	{
		name: 'one node',
		alert: 'RegistryProbeUnreachableFromNode',
		labels: { registry: 'r2', node: 'node-7' },
		scope: 'node',
		fault: { registry: 'r2', hits: ({ node }) => node === 'node-7' },
	},
	{
		name: 'one zone',
		alert: 'RegistryProbeUnreachableFromZone',
		labels: { registry: 'r3', zone: 'zone-2' },
		scope: 'zone',
		fault: { registry: 'r3', hits: ({ zone }) => zone === 'zone-2' },
	},
	{
		name: 'all nodes',
		alert: 'RegistryProbeUnreachableEverywhere',
		labels: { registry: 'r4' },
		scope: 'everyone',
		fault: { registry: 'r4', hits: () => true },
	},
	{
		name: 'quota of one address, from 30 % on',
		alert: 'RegistryProbeRateLimitLow',
		labels: { registry: 'r1', source: drained },
		fault: { draining: { source: drained, perSecond: 2 } },
	},
];

/** Begins all faults at once and watches until each has been told, or so many minutes are over. */
export async function inject(fleet: Fleet, prometheus: Prometheus, minutes: number): Promise<readonly Seen[]> {
	const begunAt = Date.now();
	fleet.begin(expected.map(({ name, fault }) => ({ name, begunAt, ...fault })));
	const seen = new Map<string, Partial<Record<'verdict' | 'pending' | 'firing', number>>>();
	const note = (name: string, what: 'verdict' | 'pending' | 'firing') => {
		const before = seen.get(name) ?? {};
		seen.set(name, { [what]: Math.round((Date.now() - begunAt) / 1000), ...before });
	};
	const complete = () => expected.every(({ name }) => seen.get(name)?.firing !== undefined);
	for (const end = begunAt + minutes * 60_000; Date.now() < end && !complete(); await sleep(1000)) {
		const verdicts = await prometheus.query(
			'count by (registry, scope) (node_registry:registry_probe_pull_failing:scope)',
		);
		const alerts = await prometheus.alerts();
		for (const { name, alert, labels, scope } of expected) {
			const told = verdicts.some(
				(one) => one.labels['registry'] === labels['registry'] && one.labels['scope'] === scope,
			);
			if (scope !== undefined && told) note(name, 'verdict');
			const mine = alerts.find((one) => one.labels['alertname'] === alert && has(one.labels, labels));
			if (mine) note(name, mine.state);
		}
	}
	return expected.map(({ name, alert }) => ({ name, alert, ...seen.get(name) }));
}

/** Alerts that fire and that no fault explains. */
export async function falseAlerts(prometheus: Prometheus): Promise<readonly string[]> {
	const firing = (await prometheus.alerts()).filter(({ state }) => state === 'firing');
	const wrong = firing.filter(
		({ labels }) => !expected.some((one) => one.alert === labels['alertname'] && has(labels, one.labels)),
	);
	return wrong.map(({ labels }) => JSON.stringify(labels));
}

function has(labels: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>): boolean {
	return Object.entries(wanted).every(([name, value]) => labels[name] === value);
}
