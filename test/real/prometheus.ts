import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiSeries } from './apiSeries.ts';
import type { Directory } from './directory.ts';
import { type Program, startOnFreePort } from './running.ts';

/** What Prometheus reads in its file (https://prometheus.io/docs/prometheus/latest/configuration/configuration/). */
export type PrometheusConfiguration = Readonly<Record<string, unknown>>;

const patienceMs = 15_000;

/** Starts Debian's Prometheus, which keeps its data in the directory, and waits until it answers queries. */
export async function startPrometheus(directory: Directory, configuration: PrometheusConfiguration): Promise<Program> {
	// YAML holds JSON.
	const file = directory.write('prometheus.yaml', JSON.stringify(configuration));
	const program = await startOnFreePort((port) => ({
		name: 'prometheus',
		port,
		args: [
			`--config.file=${file}`,
			`--storage.tsdb.path=${directory.at(`prometheus-${port}`)}`,
			`--web.listen-address=127.0.0.1:${port}`,
			'--log.level=warn',
		],
	}));
	for (const end = performance.now() + patienceMs; !(await isReady(program.port)); await sleep(50)) {
		if (performance.now() > end) throw new Error(`prometheus is not ready:\n${program.output}`);
	}
	return program;
}

async function isReady(port: number): Promise<boolean> {
	const answer = await fetch(`http://127.0.0.1:${port}/-/ready`).catch(() => undefined);
	await answer?.body?.cancel();
	return answer?.ok === true;
}

/**
 * Asks the HTTP API (https://prometheus.io/docs/prometheus/latest/querying/api/) and gives `data`. Throws with the words
 * of Prometheus when it refuses.
 */
export async function askPrometheus(
	port: number,
	path: string,
	parameters: Readonly<Record<string, string>>,
): Promise<unknown> {
	const answer = await fetch(`http://127.0.0.1:${port}/api/v1/${path}?${new URLSearchParams(parameters).toString()}`);
	const { status, data, error } = (await answer.json()) as { status: string; data?: unknown; error?: string };
	if (status !== 'success') throw new Error(`${error ?? status} in ${JSON.stringify(parameters)}`);
	return data;
}

/** The series that a query gives now. */
export async function seriesNow(port: number, query: string): Promise<readonly ApiSeries[]> {
	const data = (await askPrometheus(port, 'query', { query })) as { readonly result: readonly ApiSeries[] };
	return data.result;
}
