import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ClusterDocument } from '../../src/views/clusterJson.ts';
import { type HttpServer, startHttp } from '../fakes/http.ts';
import { Directory } from '../real/directory.ts';
import { seriesNow, startPrometheus } from '../real/prometheus.ts';
import type { Program } from '../real/running.ts';
import { suite } from '../real/suite.ts';
import { registryProbe } from './command.ts';

/** The series of one agent, as /metrics has them. */
function metricsOf(node: string, zone: string, works: boolean): string {
	const on = `node="${node}",network="host"`;
	const hub = `${on},registry="docker.io"`;
	const host = `${hub},host="registry-1.docker.io"`;
	const failure = `registry_probe_stage_failure{${host},role="token",stage="tcp",reason="tcp_timeout"} 1`;
	return [
		`registry_probe_node_info{${on},zone="${zone}"} 1`,
		`registry_probe_pull_success{${hub}} ${works ? 1 : 0}`,
		`registry_probe_target_info{${host},via="upstream",origin="configured"} 1`,
		`registry_probe_success{${host}} ${works ? 1 : 0}`,
		...(works ? [] : [failure]),
		'',
	].join('\n');
}

suite('cluster asks a real Prometheus', ['prometheus'], () => {
	const directory = new Directory();
	let agents: readonly HttpServer[];
	let prometheus: Program;

	beforeAll(async () => {
		const plain = { 'content-type': 'text/plain; version=0.0.4' };
		agents = await Promise.all(
			['a', 'a', 'b', 'b'].map((zone, at) =>
				startHttp({}, () => ({ status: 200, headers: plain, body: metricsOf(`n${at}`, zone, zone === 'a') })),
			),
		);
		const targets = agents.map(({ port }) => `127.0.0.1:${port}`);
		prometheus = await startPrometheus(directory, {
			global: { scrape_interval: '1s', scrape_timeout: '1s' },
			scrape_configs: [{ job_name: 'agents', honor_labels: true, static_configs: [{ targets }] }],
		});
		const seen = async () => (await seriesNow(prometheus.port, 'registry_probe_pull_success')).length;
		for (const end = Date.now() + 20_000; (await seen()) < 4 && Date.now() < end;) await sleep(200);
	}, 60_000);

	afterAll(async () => {
		await prometheus.stop();
		await Promise.all(agents.map((agent) => agent.close()));
		directory[Symbol.dispose]();
	});

	const cluster = (...args: readonly string[]) =>
		registryProbe(['cluster', '--prometheus', `http://127.0.0.1:${prometheus.port}/`, ...args], { LANG: 'C.UTF-8' });

	test('by one query it says the same as the agents', async () => {
		const { code, stdout, stderr } = await cluster('--output', 'json');
		const document = JSON.parse(stdout) as ClusterDocument;
		expect({ code, stderr, source: document.source }).toEqual({ code: 1, stderr: '', source: 'prometheus' });
		expect(document.verdicts).toMatchObject([
			{ kind: 'pull', scope: 'zone', zone: 'b', nodes: ['n2', 'n3'], fault: { role: 'token', reason: 'tcp_timeout' } },
		]);
		expect((await cluster()).stdout).toContain('✗ 2 nodes  b  token tcp_timeout');
	});
});

test('one that is not there is said in one line, without the login of its URL', async () => {
	const gone = await startHttp({}, () => ({ status: 200 }));
	await gone.close();
	const ended = await registryProbe([
		'cluster',
		'--prometheus',
		`http://user:secret-word@127.0.0.1:${gone.port}/prometheus`,
	]);
	expect(ended).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('ECONNREFUSED') });
	expect(ended.stderr.trimEnd().split('\n')).toHaveLength(1);
	expect(ended.stderr).not.toContain('secret-word');
});

test('what is no Prometheus is said to be none', async () => {
	const other = await startHttp({}, () => ({ status: 404, body: '<html>' }));
	const ended = await registryProbe(['cluster', '--prometheus', other.origin()]);
	await other.close();
	expect(ended).toMatchObject({
		code: 3,
		stderr: expect.stringContaining('answers 404: this is not the API of a Prometheus'),
	});
});

test.each([
	[['--prometheus', 'localhost:9090'], 'It is no URL'],
	[['--concurrency', '0'], 'from 1 to 256'],
	[['--timeout', '5'], 'write 5s'],
	[['--agents-namespace', '../x'], 'It is no namespace'],
	[['node'], "too many arguments for 'cluster'"],
])('%j is refused in one line', async (args, said) => {
	const { code, stdout, stderr } = await registryProbe(['cluster', ...args]);
	expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
	expect(stderr).toMatch(/^registry-probe: [^\n]+; see registry-probe --help\n$/);
	expect(stderr).toContain(said);
});

test('without a kubeconfig it says what to do', async () => {
	expect(await registryProbe(['cluster'], { HOME: '/nowhere' })).toEqual({
		code: 2,
		stdout: '',
		stderr: 'registry-probe: there is no kubeconfig: set KUBECONFIG, or give --kubeconfig FILE\n',
	});
});
