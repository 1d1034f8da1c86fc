import { globSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Directory } from '../../real/directory.ts';
import { startPrometheus } from '../../real/prometheus.ts';
import { writeProvisioning } from './provisioning.ts';
import { type Fleet, startFleet } from './world.ts';

const usage = 'Usage: npm run demo:fleet [-- --for SECONDS]';
const project = join(import.meta.dirname, '../../..');

/** Seconds to run; undefined: until a person ends it. Throws on anything else. */
function readArguments(): number | undefined {
	const { values } = parseArgs({ options: { for: { type: 'string' } } });
	const seconds = values.for === undefined ? undefined : Number(values.for);
	if (seconds !== undefined && !(seconds >= 0 && seconds <= 86_400)) throw new RangeError('--for wants seconds');
	return seconds;
}

const message = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** The rules of this project, as files for a Prometheus without operator. */
function ruleFiles(): readonly string[] {
	return globSync('manifests/monitoring/*-rules.yaml', { cwd: project }).map((path) => join(project, path));
}

function configurationFor({ nodes }: Fleet): Readonly<Record<string, unknown>> {
	const targets = nodes.map(({ listen }) => listen);
	return {
		global: { scrape_interval: '5s', scrape_timeout: '4s', evaluation_interval: '15s' },
		rule_files: ruleFiles(),
		scrape_configs: [
			{
				job_name: 'registry-probe',
				honor_labels: true,
				static_configs: [{ targets, labels: { cluster: 'demo', namespace: 'registry-probe' } }],
			},
		],
	};
}

function panel({ nodes, servers }: Fleet, prometheus: string, provisioning: string): string {
	const pages = nodes.map(({ name, listen }) => `  ${name}    http://${listen}/`);
	return [
		'',
		'A fleet on this machine: three agents on nodes of their own, and a Prometheus that scrapes them.',
		'worker-1 is well, worker-2 reaches nothing, worker-3 has used up its quota and has a dead mirror.',
		'',
		...pages,
		`  prometheus  ${prometheus}/`,
		'',
		'What pulls come to, node by node, and what is broken:',
		'',
		`  ${prometheus}/graph?g0.expr=registry_probe_pull_success&g0.tab=1&g1.expr=registry_probe_stage_failure&g1.tab=1`,
		...(ruleFiles().length > 0 ? ['', `Alerts: ${prometheus}/alerts`] : []),
		'',
		'A Grafana on this machine has the Prometheus and the boards when it is started with',
		'',
		`  GF_PATHS_PROVISIONING=${provisioning}`,
		'',
		`The hub is ${servers.hosts.hub}. Ctrl-C ends all of it.`,
		'',
	].join('\n');
}

/** Runs the fleet; gives the exit code. */
async function demo(seconds: number | undefined): Promise<number> {
	const end = Promise.withResolvers<number>();
	const stop = () => end.resolve(0);
	process.once('SIGINT', stop).once('SIGTERM', stop).once('SIGHUP', stop);
	await using stack = new AsyncDisposableStack();
	const fleet = stack.use(await startFleet('5s'));
	const directory = stack.use(new Directory());
	const prometheus = stack.use(await startPrometheus(directory, configurationFor(fleet)));
	const url = `http://127.0.0.1:${prometheus.port}`;
	for (const { ended } of fleet.agents) void ended.then((code) => end.resolve(code === 0 ? 0 : 1));
	process.stdout.write(panel(fleet, url, writeProvisioning(directory, url)));
	if (seconds !== undefined) setTimeout(stop, seconds * 1000).unref();
	return await end.promise;
}

try {
	const seconds = readArguments();
	process.exitCode = await demo(seconds).catch((error: unknown) => {
		process.stderr.write(`demo: ${message(error)}\n`);
		return 1;
	});
} catch (error) {
	process.stderr.write(`demo: ${message(error)}\n${usage}\n`);
	process.exitCode = 2;
}
