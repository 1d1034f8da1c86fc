import type { BoardTimes } from './boards.ts';
import type { Seen } from './faults.ts';
import type { FleetOptions } from './options.ts';
import type { Prometheus } from './prometheus.ts';

/** What a Prometheus that scrapes so many nodes costs, as Markdown. */
export async function costsOf(prometheus: Prometheus, { nodes, registries, agents }: FleetOptions): Promise<string> {
	const text = await prometheus.own();
	const [, series = '0'] = /^prometheus_tsdb_head_series (\S+)$/m.exec(text) ?? [];
	const missed = valuesOf(text, /^prometheus_rule_group_iterations_missed_total\{[^}]*\} (\S+)$/gm);
	const seconds = (performance.now() - prometheus.startedAt) / 1000;
	const groups = text.matchAll(/^prometheus_rule_group_last_duration_seconds\{rule_group="[^"]*;([^"]+)"\} (\S+)$/gm);
	return [
		`- nodes ${nodes}, registries ${registries}, of them real agents ${agents}`,
		`- series ${series} (${Math.round(Number(series) / nodes)} for each node)`,
		`- memory of Prometheus ${Math.round(prometheus.memory().rss)} MiB resident`,
		`- CPU of Prometheus ${(prometheus.cpuSeconds() / seconds).toFixed(2)} of one core`,
		`- evaluations missed ${missed.reduce((sum, count) => sum + count, 0)}`,
		'',
		'| rule group | last evaluation |',
		'|---|---|',
		...[...groups].map(([, name = '', took]) => `| ${name} | ${(Number(took) * 1000).toFixed(1)} ms |`),
	].join('\n');
}

function valuesOf(text: string, line: RegExp): readonly number[] {
	return [...text.matchAll(line)].map(([, value]) => Number(value));
}

/** How soon faults were told, as Markdown. */
export function delaysOf(seen: readonly Seen[]): string {
	const told = (seconds: number | undefined) => (seconds === undefined ? '–' : `${seconds} s`);
	const rows = seen.map(({ name, alert, verdict, pending, firing }) => {
		return `| ${name} | ${alert} | ${told(verdict)} | ${told(pending)} | ${told(firing)} |`;
	});
	return ['| fault | alert | verdict | pending | fires |', '|---|---|---|---|---|', ...rows].join('\n');
}

/** How long the queries of the boards take, as Markdown. */
export function boardsOf(times: readonly BoardTimes[]): string {
	const rows = times.map(({ title, milliseconds, slowest }) => {
		const sorted = milliseconds.toSorted((a, b) => a - b);
		const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
		const all = milliseconds.reduce((sum, one) => sum + one, 0);
		const cells = [
			title,
			sorted.length,
			...[median, sorted.at(-1) ?? 0, all].map((one) => `${one.toFixed(0)} ms`),
			slowest,
		];
		return `| ${cells.join(' | ')} |`;
	});
	return ['| board | queries | median | slowest | all | the slowest |', '|---|---|---|---|---|---|', ...rows].join(
		'\n',
	);
}
