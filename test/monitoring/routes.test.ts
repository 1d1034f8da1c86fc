import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alerts } from '../../build/monitoring/groups.ts';
import { Directory } from '../real/directory.ts';
import { componentPath } from '../real/component.ts';
import { startOnFreePort, type Program } from '../real/running.ts';
import { suite } from '../real/suite.ts';

type Labels = Readonly<Record<string, string>>;

const configuration = 'manifests/monitoring/alertmanager.yaml';
const amtool = (...args: readonly string[]) => spawnSync(componentPath('amtool'), args, { encoding: 'utf8' });

suite('the example for Alertmanager', ['amtool', 'prometheus-alertmanager'], () => {
	test('amtool has no complaint', () => {
		const { status, stdout } = amtool('check-config', configuration);
		expect(status).toBe(0);
		expect(stdout).toContain('5 inhibit rules');
		expect(stdout).toContain('4 receivers');
	});

	test.each(alerts)('$alert reaches those who can mend it', ({ alert, area, severity }) => {
		const { stdout } = amtool(
			'config',
			'routes',
			'test',
			`--config.file=${configuration}`,
			`alertname=${alert}`,
			`area=${area}`,
			`severity=${severity}`,
			'cluster=east',
		);
		const bySeverity = { critical: 'pager', warning: 'chat', info: 'digest' };
		expect(stdout.trim()).toBe(area === 'agent' ? 'probe-owners' : bySeverity[severity]);
	});

	describe('inhibition', () => {
		const directory = new Directory();
		let alertmanager: Program;

		beforeAll(async () => {
			alertmanager = await startOnFreePort((port) => ({
				name: 'prometheus-alertmanager',
				port,
				args: [
					`--config.file=${configuration}`,
					`--storage.path=${directory.at('data')}`,
					`--web.listen-address=127.0.0.1:${port}`,
					'--cluster.listen-address=',
				],
			}));
		});

		afterAll(async () => {
			await alertmanager.stop();
			directory[Symbol.dispose]();
		});

		const registry = 'docker.io';
		const everywhere = { alertname: 'RegistryProbeUnreachableEverywhere', registry };
		const zone = { alertname: 'RegistryProbeUnreachableFromZone', registry, zone: 'a' };
		const node = { alertname: 'RegistryProbeUnreachableFromNode', registry, zone: 'a', node: 'n1' };
		const source = { registry, source: '203.0.113.7' };

		test.each<{ title: string; wide: Labels; silenced: readonly Labels[]; heard: readonly Labels[] }>([
			{
				title: 'everyone stands for zone, source and node, of the same registry and cluster',
				wide: everywhere,
				silenced: [zone, node, { ...source, alertname: 'RegistryProbeUnreachableFromSource' }],
				heard: [
					{ ...node, registry: 'ghcr.io' },
					{ ...node, cluster: 'west' },
				],
			},
			{
				title: 'a zone stands for its own nodes',
				wide: zone,
				silenced: [node],
				heard: [
					{ ...node, zone: 'b', node: 'n2' },
					{ alertname: node.alertname, registry, node: 'n3' },
				],
			},
			{
				title: 'a quota that is used up stands for one that is low',
				wide: { ...source, alertname: 'RegistryProbeRateLimitExhausted' },
				silenced: [{ ...source, alertname: 'RegistryProbeRateLimitLow' }],
				heard: [{ registry, source: '203.0.113.8', alertname: 'RegistryProbeRateLimitLow' }],
			},
			{
				title: 'agents that are gone stand for each of them, and for no registry',
				wide: { alertname: 'RegistryProbeAgentsMissing' },
				silenced: [{ alertname: 'RegistryProbeAgentMissing', node: 'n1' }],
				heard: [node],
			},
		])('$title', async ({ title, wide, silenced, heard }) => {
			// A cluster of its own for each, so that none is heard of in another.
			const own = (labels: Labels): Labels => ({ ...labels, cluster: `${title} ${labels['cluster'] ?? ''}` });
			const sent = [wide, ...silenced, ...heard].map(own);
			await post(alertmanager.port, sent);
			expect(await inhibited(alertmanager.port, sent)).toEqual(silenced.map(own));
		});
	});
});

async function post(port: number, all: readonly Labels[]): Promise<void> {
	const answer = await fetch(`http://127.0.0.1:${port}/api/v2/alerts`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(all.map((labels) => ({ labels, startsAt: new Date().toISOString() }))),
	});
	expect(answer.status).toBe(200);
}

/** Which of these alerts Alertmanager holds back; it works that out when it looks whom to tell. */
async function inhibited(port: number, sent: readonly Labels[]): Promise<readonly Labels[]> {
	for (let tries = 0; ; tries++) {
		const answer = await fetch(`http://127.0.0.1:${port}/api/v2/alerts`);
		const known = (await answer.json()) as readonly { labels: Labels; status: { inhibitedBy: readonly string[] } }[];
		const stateOf = (labels: Labels) =>
			known.find(
				(one) =>
					Object.entries({ ...labels }).every(([name, value]) => one.labels[name] === value) &&
					Object.keys(one.labels).length === Object.keys(labels).length,
			);
		const states = sent.map(stateOf);
		const held = sent.filter((_, at) => (states[at]?.status.inhibitedBy.length ?? 0) > 0);
		if ((states.every((state) => state !== undefined) && held.length > 0) || tries > 50) return held;
		await sleep(100);
	}
}
