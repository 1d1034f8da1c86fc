import { ApiFailure } from '../../../src/cluster/apiFailure.ts';
import { readPrometheusAnswer } from '../../../src/cluster/remote/prometheus.ts';
import { parseJson } from '../../../src/registry/json.ts';
import { elsewhereOf } from '../../../src/verdict/fleet/elsewhere.ts';
import { fleetVerdicts } from '../../../src/verdict/fleet/fleetVerdicts.ts';
import { matrixOf } from '../../../src/verdict/fleet/matrix.ts';
import type { NodeReport } from '../../../src/verdict/fleet/nodeReport.ts';
import { readObservations } from '../../../src/verdict/fleet/readObservations.ts';
import { readSeries } from '../../../src/verdict/fleet/readSeries.ts';
import { clusterDocument } from '../../../src/views/clusterJson.ts';
import { renderFleet } from '../../../src/views/terminal/fleet/fleetReport.ts';
import { elsewhereSentence } from '../../../src/views/words/elsewhere.ts';
import { allowing, gist, magnitude, mustBeSmall, mustPrint, mustPrintLines } from '../contract.ts';
import type { Target } from '../target.ts';

const style = { columns: 80, colour: false, unicode: true, verbose: true };
const other = { version: 1, pulls: [{ registry: 'docker.io', success: true }], observations: [] };

/** What an agent, or a Prometheus that has asked all agents, answers. */
function check(input: Buffer): readonly string[] {
	const value = parseJson(input.toString());
	const own = readObservations(value, 'n1', 'a');
	const second = readObservations(other, 'n2', 'b');
	const reports = [own, second].filter((report) => report !== undefined);
	return [shown(reports, []), prometheus(value)];
}

function prometheus(value: unknown): string {
	const answer = allowing(() => readPrometheusAnswer(200, value), ApiFailure);
	if (answer instanceof ApiFailure) {
		mustPrint(answer.message, 300);
		return gist(answer.message);
	}
	for (const warning of answer.warnings) mustPrint(warning, 400);
	return shown(readSeries(answer.samples), answer.warnings);
}

function shown(reports: readonly NodeReport[], gaps: readonly string[]): string {
	mustBeSmall(reports, 8_000_000);
	const verdicts = fleetVerdicts(reports);
	const fleet = { askedAt: 0, source: 'agents', reports, verdicts, silent: [], unwatched: [], gaps } as const;
	mustPrintLines(renderFleet({ ...fleet, matrix: matrixOf(reports) }, style), 8_000_000);
	for (const { registry } of reports.flatMap(({ pulls }) => pulls).slice(0, 20)) {
		mustPrint(elsewhereSentence(elsewhereOf(registry, 'n1', reports)), 4096);
	}
	mustBeSmall(JSON.stringify(clusterDocument(fleet)), 8_000_000);
	const pulls = reports.flatMap((report) => report.pulls);
	return `${magnitude(reports.length)} ${magnitude(pulls.length)} ${verdicts
		.slice(0, 3)
		.map(({ kind, scope }) => `${kind} ${scope}`)
		.join()}`;
}

const image = 'docker.io/library/hello-world:latest';
const failed = { role: 'registry', stage: 'tcp', peer: 'mirror.corp', outcome: 'failure', reason: 'tcp_refused' };
const sample = (name: string, labels: object, value = '1') => ({
	metric: { __name__: `registry_probe_${name}`, node: 'n1', network: 'host', registry: 'docker.io', ...labels },
	value: [1, value],
});

export const target: Target = {
	name: 'fleetDocuments',
	source: 'src/verdict/fleet/readObservations.ts, readSeries.ts, reportText.ts; src/cluster/remote/prometheus.ts',
	writer: 'an agent on another node, a Prometheus',
	shape: 'json',
	most: 256 * 1024,
	seeds: [
		JSON.stringify({
			version: 1,
			node: 'n',
			pulls: [
				{
					registry: 'docker.io',
					image,
					success: false,
					blame: { host: 'mirror.corp', role: 'registry', stage: 'tcp', reason: 'tcp_refused' },
					delaySeconds: 1.5,
				},
			],
			observations: [
				{ registry: 'docker.io', host: 'mirror.corp', image, success: false, records: [failed] },
				{
					registry: 'docker.io',
					host: 'registry-1.docker.io',
					image,
					success: true,
					records: [{ outcome: 'success', facts: { ratelimit: { limit: 100, remaining: 8, source: '203.0.113.7' } } }],
				},
			],
		}),
		JSON.stringify({
			status: 'success',
			data: {
				result: [
					sample('pull_success', {}, '0'),
					sample('target_info', { host: 'mirror.corp', via: 'mirror' }),
					sample('target_info', { host: 'registry-1.docker.io' }),
					sample('success', { host: 'mirror.corp' }, '0'),
					sample('stage_failure', { host: 'mirror.corp', role: 'registry', stage: 'tcp', reason: 'tcp_timeout' }),
					sample('ratelimit_remaining', { host: 'mirror.corp' }, '8'),
					sample('ratelimit_limit', { host: 'mirror.corp' }, '100'),
					sample('egress_info', { source: '203.0.113.7' }),
					sample('node_info', { zone: 'a' }),
					sample('pull_delay_seconds', {}, '30'),
				],
			},
			warnings: ['w'],
		}),
		JSON.stringify({ status: 'error', error: 'x' }),
	],
	words: [
		'version',
		'pulls',
		'observations',
		'registry',
		'host',
		'image',
		'success',
		'blame',
		'records',
		'outcome',
		'failure',
		'facts',
		'ratelimit',
		'remaining',
		'limit',
		'source',
		'role',
		'stage',
		'reason',
		'peer',
		'delaySeconds',
		'metric',
		'value',
		'__name__',
		'node',
		'network',
		'zone',
		'via',
		'mirror',
		'registry_probe_pull_success',
		'NaN',
		'+Inf',
		'ghcr.io',
		'status',
		'data',
		'result',
		'warnings',
	],
	check,
};
