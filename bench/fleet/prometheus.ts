import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../freePort.ts';
import { firstAnswer } from '../http.ts';
import { run, type Run } from '../run.ts';
import type { Fleet } from './fleet.ts';

/** A value with its labels. */
export interface Sample {
	readonly labels: Readonly<Record<string, string>>;
	readonly value: number;
}

export interface Alert {
	readonly labels: Readonly<Record<string, string>>;
	readonly state: 'pending' | 'firing';
}

/** A real Prometheus that scrapes a fleet every 30 s and evaluates the rules as they are committed. */
export interface Prometheus extends Run {
	query(expr: string): Promise<readonly Sample[]>;
	/** How many series an expression has in so many seconds until now, looked at in steps of seconds. */
	queryRange(expr: string, range: { readonly length: number; readonly step: number }): Promise<number>;
	alerts(): Promise<readonly Alert[]>;
	/** A metric that it tells of itself. */
	own(): Promise<string>;
}

const rules = ['recording-rules', 'alerting-rules'].map((name) =>
	join(process.cwd(), 'manifests/monitoring', `${name}.yaml`),
);

/** Starts it in a directory for temporary files. Throws where `prometheus` is not installed. */
export async function startPrometheus({ port: fleetPort, identities }: Fleet): Promise<Prometheus> {
	const directory = mkdtempSync(join(tmpdir(), 'prometheus-'));
	const port = await freePort();
	const targets = identities.map(({ node }, at) => ({
		targets: [`127.0.0.1:${fleetPort}`],
		labels: { node, instance: `${node}:9917`, namespace: 'registry-probe', __metrics_path__: `/${at + 1}` },
	}));
	const configuration = {
		global: { scrape_interval: '30s' },
		rule_files: rules,
		scrape_configs: [{ job_name: 'registry-probe', honor_labels: true, static_configs: targets }],
	};
	const file = join(directory, 'prometheus.json');
	writeFileSync(file, JSON.stringify(configuration));
	const url = `http://127.0.0.1:${port}`;
	const words = [
		`--config.file=${file}`,
		`--storage.tsdb.path=${directory}/data`,
		`--web.listen-address=127.0.0.1:${port}`,
	];
	const started = run(['prometheus', ...words, '--log.level=warn']);
	await firstAnswer(started, `${url}/-/ready`);
	const asked = async (path: string): Promise<unknown> => {
		started.mustRun();
		const { data, error } = (await (await fetch(`${url}/api/v1/${path}`)).json()) as { data: unknown; error?: string };
		if (error !== undefined) throw new Error(`Prometheus refuses ${path}: ${error}`);
		return data;
	};
	return {
		...started,
		async query(expr) {
			const { result } = (await asked(`query?query=${encodeURIComponent(expr)}`)) as {
				result: readonly { metric: Record<string, string>; value: readonly [number, string] }[];
			};
			return result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
		},
		async queryRange(expr, { length, step }) {
			const end = Date.now() / 1000;
			const words = new URLSearchParams({ query: expr, start: `${end - length}`, end: `${end}`, step: `${step}` });
			const { result } = (await asked(`query_range?${words.toString()}`)) as { result: readonly object[] };
			return result.length;
		},
		async alerts() {
			return ((await asked('alerts')) as { alerts: readonly Alert[] }).alerts;
		},
		own: async () => await (await fetch(`${url}/metrics`)).text(),
	};
}
