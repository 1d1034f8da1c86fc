import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { alertingGroups, recordingGroups } from '../../build/monitoring/groups.ts';
import { Directory } from '../real/directory.ts';
import { labelled, type Line } from './timeline.ts';

const missing = spawnSync('promtool', ['--version']).error !== undefined;

/** Whether suites that need promtool are skipped: with `CI=true` nothing is. */
export const skipped = missing && process.env['CI'] !== 'true';
/** What stands behind the name of such a suite. */
export const lack = skipped ? ' (skipped without promtool: npm run test:tools)' : '';

/** The rules as they are committed. */
export const rules = ['recording-rules', 'alerting-rules'].map((name) => join('manifests/monitoring', `${name}.yaml`));

/** What a query gives at a minute: each series with its value. */
export interface Expectation {
	readonly expr: string;
	readonly minute: number;
	readonly samples: readonly { readonly labels: string; readonly value: number }[];
}

/** Series, and what rules make of them. */
export interface Scenario {
	readonly name: string;
	readonly lines: readonly Line[];
	readonly expectations: readonly Expectation[];
	/** Minutes between two samples, and between two evaluations. Default: 1. */
	readonly every?: number;
}

/** At this minute exactly these alerts of a name fire, each with the labels that tell it from others. */
export function firing(
	alertname: string,
	minute: number,
	...alerts: readonly Readonly<Record<string, string>>[]
): Expectation {
	return {
		expr: `max without (alertstate, severity, area) (ALERTS{alertname="${alertname}", alertstate="firing"})`,
		minute,
		samples: alerts.map((labels) => ({ labels: labelled('', { alertname, ...labels }), value: 1 })),
	};
}

/** These alerts, by name, have fired at any time until this minute, and no others; for each how many there were. */
export function fired(minute: number, counts: Readonly<Record<string, number>>): Expectation {
	return {
		expr: `count by (alertname) (count_over_time(ALERTS{alertstate="firing"}[${minute}m]))`,
		minute,
		samples: Object.entries(counts).map(([alertname, value]) => ({ labels: labelled('', { alertname }), value })),
	};
}

/** What promtool says of a scenario; empty when everything is as expected. */
export async function unexpected({ name, lines, expectations, every = 1 }: Scenario): Promise<string> {
	using directory = new Directory();
	const step = `${every}m`;
	const test = {
		name,
		interval: step,
		input_series: lines,
		promql_expr_test: expectations.map(({ expr, minute, samples }) => ({
			expr,
			eval_time: `${minute}m`,
			exp_samples: samples,
		})),
	};
	const file = directory.write(
		'test.yaml',
		JSON.stringify({
			rule_files: rules.map((path) => join(process.cwd(), path)),
			evaluation_interval: step,
			group_eval_order: [...recordingGroups, ...alertingGroups].map((group) => group.name),
			tests: [test],
		}),
	);
	// Collects its garbage less often: a third less CPU.
	const env = { ...process.env, GOGC: '400' };
	const child = spawn('promtool', ['test', 'rules', file], { stdio: ['ignore', 'pipe', 'pipe'], env });
	const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
	return stdout.includes('SUCCESS') ? '' : `${stdout}${stderr}`;
}

/** What `promtool check rules` says of a file, every lint switched on. */
export function checked(file: string): string {
	const { stdout, stderr } = spawnSync('promtool', ['check', 'rules', '--lint=all', '--lint-fatal', file], {
		encoding: 'utf8',
	});
	return `${stdout}${stderr}`;
}

/** Checks queries by themselves, as rules of a file that is made for it. */
export function checkedQueries(queries: readonly string[]): string {
	using directory = new Directory();
	const file = directory.write('queries.yaml', '');
	const all = queries.map((expr, at) => ({ record: `query:number:n${at}`, expr }));
	writeFileSync(file, JSON.stringify({ groups: [{ name: 'queries', rules: all }] }));
	return checked(file);
}
