import { expect, test } from 'vitest';

import type { PullVerdict } from '../../src/verdict/pullVerdict.ts';
import { observationsDocument } from '../../src/views/json.ts';
import { renderReport } from '../../src/views/terminal/report.ts';
import { consequenceOf } from '../../src/views/words/verdict.ts';
import { lateness } from '../../src/views/words/lateness.ts';
import { aStore, anAttempt, broke, passed } from '../store/literals.ts';
import { aTarget } from './builders.ts';
import { aView, seriesOf } from './metricsWorld.ts';

const late: PullVerdict = {
	registry: 'docker.io',
	image: 'docker.io/library/hello-world:latest',
	success: true,
	via: 'registry-1.docker.io',
	delays: { dead_nameserver: 10, dead_mirror: 120, dead_address: 0.6 },
};

test('a late pull is told in words, the dearest cause first, trifles left out', async () => {
	expect(lateness(late)).toBe(
		'Pulls work, 2 min late: a host that is asked first keeps the runtime waiting (2 min); a nameserver that is asked first is silent (10 s).',
	);
	expect(lateness({ ...late, delays: { dead_address: 0.6 } })).toBeUndefined();
	expect(lateness({ registry: 'r', image: 'i', success: false })).toBeUndefined();
});

test('the document gives the sum', async () => {
	const { pulls } = observationsDocument({ node: 'a', pulls: [late], observations: [] });
	expect(pulls[0]?.delaySeconds).toBe(130.6);
	expect(pulls[0]).not.toHaveProperty('delays');
});

const mirror = aTarget({ host: 'mirror.example', via: 'mirror' });
const upstream = aTarget();
const attempts = [
	{ target: mirror, observation: anAttempt(mirror, [broke('registry tcp', 'tcp_timeout')]) },
	{ target: upstream, observation: anAttempt(upstream, [passed('registry manifest')]) },
];

test('the report of a check says it at the host that serves, and at the one that is dead', async () => {
	const report = { node: 'a', checked: attempts, pulls: [late], now: 0 };
	const text = renderReport(report, { colour: false, unicode: true, columns: 200, verbose: false });
	expect(text).toContain('Pulls work, 2 min late:');
	expect(text).toContain('Pulls from docker.io still succeed, through registry-1.docker.io, 2 min late.');
});

test('a pull that is not late is not said to be', async () => {
	expect(consequenceOf(upstream, { ...late, delays: {} })).toBe(
		'Pulls from docker.io still succeed, through registry-1.docker.io.',
	);
});

test('each cause is a series, and what is wrong with the node too', async () => {
	const store = aStore(mirror, upstream);
	for (const { observation } of attempts) store.record(observation);
	store.setNodeFaults([
		{ file: '/etc/a.toml', line: 1, fault: 'file_invalid', detail: 'x' },
		{ file: '/etc/a.toml', line: 2, fault: 'file_invalid', detail: 'y' },
	]);
	const view = aView(store);
	expect(await seriesOf(view, 'pull_delay_seconds')).toEqual(['{registry="docker.io",cause="dead_mirror"} 120']);
	expect(await seriesOf(view, 'node_config_fault')).toEqual(['{source="/etc/a.toml",fault="file_invalid"} 1']);
});
