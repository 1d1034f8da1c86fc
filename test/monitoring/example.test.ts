import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { alertingGroups, recordingGroups } from '../../build/monitoring/groups.ts';
import { read } from '../docs/markdown.ts';
import { Directory } from '../real/directory.ts';
import { broken, failure, names, nodeWith } from './nodes.ts';
import { lack, rules, skipped } from './promtool.ts';

interface Example {
	readonly labels: Readonly<Record<string, string>>;
	readonly annotations: Readonly<Record<string, string>>;
}

/** The alert that docs/alerts.md shows. */
function shown(): Example {
	const [, text = ''] = /^## What an alert says\n\n```yaml\n(.*?)^```$/ms.exec(read('docs/alerts.md')) ?? [];
	return parse(text) as Example;
}

/** Two zones of three nodes; two of the first have lost their way to Docker Hub. */
const lines = names(6, 'worker-').flatMap((node, at) => {
	const zone = at < 3 ? 'eu-1a' : 'eu-1b';
	if (at >= 2) return nodeWith({ node, zone });
	return [...nodeWith({ node, zone }, broken(20, 50)), failure(node, {}, 20, 50)];
});

describe.skipIf(skipped)(`promtool${lack}`, () => {
	test('the alert that docs/alerts.md shows is what the rules say', () => {
		const { labels, annotations } = shown();
		// Prometheus names the nodes in any order.
		const [, said] = told(labels).replace('worker-1, worker-2.', 'worker-2, worker-1.').split('got:');
		for (const [name, text] of Object.entries({ ...labels, ...annotations }))
			expect(said).toContain(`${name}="${text}"`);
	});
});

/** What promtool got where it was to expect an alert with these labels that says nothing. */
function told({ alertname, ...own }: Example['labels']): string {
	using directory = new Directory();
	const file = directory.write(
		'test.yaml',
		JSON.stringify({
			rule_files: rules.map((path) => join(process.cwd(), path)),
			evaluation_interval: '1m',
			group_eval_order: [...recordingGroups, ...alertingGroups].map(({ name }) => name),
			tests: [
				{
					interval: '1m',
					input_series: lines,
					alert_rule_test: [{ alertname, eval_time: '40m', exp_alerts: [{ exp_labels: own }] }],
				},
			],
		}),
	);
	const { stdout, stderr } = spawnSync('promtool', ['test', 'rules', file], { encoding: 'utf8' });
	return `${stdout}${stderr}`;
}
