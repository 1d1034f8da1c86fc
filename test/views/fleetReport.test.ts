import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import type { Fleet } from '../../src/verdict/fleet/fleet.ts';
import { fleetVerdicts } from '../../src/verdict/fleet/fleetVerdicts.ts';
import { matrixOf } from '../../src/verdict/fleet/matrix.ts';
import type { Fault, NodeReport, PullReport } from '../../src/verdict/fleet/nodeReport.ts';
import { renderFleet } from '../../src/views/terminal/fleet/fleetReport.ts';
import type { Style } from '../../src/views/terminal/style.ts';

const plain: Style = { columns: 80, colour: false, unicode: true, verbose: false };
const timeout: Fault = { host: 'auth.docker.io', role: 'token', stage: 'tcp', reason: 'tcp_timeout' };
const noNames: Fault = { host: 'ghcr.io', role: 'registry', stage: 'dns', reason: 'dns_timeout' };
const hub = { registry: 'docker.io', success: true, source: '203.0.113.7' };
const fine: readonly PullReport[] = [
	hub,
	{ registry: 'ghcr.io', success: true },
	{ registry: 'registry.corp', success: true },
];

const aNode = (node: string, zone: string, pulls = fine): NodeReport => ({
	node,
	zone,
	pulls,
	mirrors: [{ registry: 'docker.io', host: 'mirror.corp', success: true }],
});
const some = (prefix: string, count: number, zone: string, pulls = fine) =>
	Array.from({ length: count }, (_, at) => aNode(`${prefix}-${at}`, zone, pulls));

const mixed: readonly NodeReport[] = [
	...some('ip-10-0-1', 29, 'eu-central-1a'),
	...some('ip-10-0-2', 12, 'eu-central-1c', [
		{ ...hub, source: '203.0.113.9', quota: { remaining: 8, limit: 100 } },
		...fine.slice(1),
	]),
	...some('ip-10-0-4', 3, 'eu-central-1d', [
		hub,
		{ registry: 'ghcr.io', success: false, fault: noNames },
		...fine.slice(2),
	]),
	aNode('ip-10-0-3-17', 'eu-central-1b', [{ ...hub, success: false, fault: timeout }, ...fine.slice(1)]),
];

function report(reports: readonly NodeReport[], style: Partial<Style> = {}, more: Partial<Fleet> = {}): string {
	const fleet: Fleet = {
		askedAt: 0,
		source: 'agents',
		reports,
		verdicts: fleetVerdicts(reports),
		silent: [],
		unwatched: [],
		gaps: [],
		...more,
	};
	return renderFleet({ ...fleet, matrix: matrixOf(reports, style.verbose) }, { ...plain, ...style });
}

const silent = [
	{
		node: 'ip-10-0-1-8',
		namespace: 'registry-probe',
		pod: 'registry-probe-x7k2p',
		why: 'not_running',
		detail: 'pod is Pending',
	},
	{
		node: 'ip-10-0-2-2',
		namespace: 'registry-probe',
		pod: 'registry-probe-q9v4d',
		why: 'timeout',
		detail: 'no answer in time',
	},
] as const;

test('odd nodes come first, and sentences say how far each fault reaches', () => {
	expect(report(mixed, {}, { silent, unwatched: ['ip-10-0-9-1'] })).toMatchInlineSnapshot(`
		"✗ 4 of 45 nodes cannot pull from docker.io and ghcr.io; 2 agents did not answer.

		                    ghcr.io      docker.io          2 others
		✗ ip-10-0-3-17  1b  ✓            token tcp_timeout  ✓
		✗ 3 nodes       1d  dns_timeout  ✓                  ✓
		! 12 nodes      1c  ✓            8/100 left         ✓
		✓ 29 nodes      1a  ✓            ✓                  ✓

		  Zone      eu-central-1d: none of 3 nodes can pull from ghcr.io: dns_timeout at
		            ghcr.io. Most nodes elsewhere can.
		  Node      ip-10-0-3-17, 1 of 45 nodes, cannot pull from docker.io: token
		            tcp_timeout at auth.docker.io.
		  Quota     docker.io leaves 8 of 100 pulls to the address 203.0.113.9. 12 nodes
		            share it.
		  More      docs/runbook.md#dns_timeout
		            docs/runbook.md#tcp_timeout
		  Silent    ip-10-0-1-8: pod is Pending (registry-probe/registry-probe-x7k2p)
		            ip-10-0-2-2: no answer in time (registry-probe/registry-probe-q9v4d)
		  No agent  ip-10-0-9-1
		"
	`);
});

test('a cluster that is well is one row', () => {
	expect(report(some('n', 1000, 'a'))).toMatchInlineSnapshot(`
		"✓ All 1 000 nodes that answered can pull from every registry that is probed.

		                  docker.io  ghcr.io  registry.corp  via mirror.corp
		✓ 1 000 nodes  a  ✓          ✓        ✓              ✓
		"
	`);
});

test('where it is too narrow for all columns, those without a fault are put together', () => {
	const others = ['one', 'two', 'three', 'four', 'five'].map((name) => ({
		registry: `registry.${name}.example`,
		success: true,
	}));
	const reports = mixed.map((node) => ({ ...node, pulls: [...node.pulls, ...others] }));
	expect(report(reports)).toContain(
		[
			'                    ghcr.io      docker.io          7 others',
			'✗ ip-10-0-3-17  1b  ✓            token tcp_timeout  ✓',
			'✗ 3 nodes       1d  dns_timeout  ✓                  ✓',
		].join('\n'),
	);
});

test('a hundred registries, of which each node tries some, are few columns', () => {
	const reports = mixed.map((node, at) => {
		const tries = Array.from({ length: 20 }, (_, one) => ({
			registry: `r${(at * 7 + one) % 100}.example`,
			success: true,
		}));
		return { ...node, pulls: [...node.pulls, ...tries] };
	});
	expect(report(reports).split('\n\n')[1]).toMatchInlineSnapshot(`
		"                    ghcr.io      docker.io          102 others
		✗ ip-10-0-3-17  1b  ✓            token tcp_timeout  ✓
		✗ 3 nodes       1d  dns_timeout  ✓                  ✓
		! 12 nodes      1c  ✓            8/100 left         ✓
		✓ 29 nodes      1a  ✓            ✓                  ✓"
	`);
});

test('a node that reaches nothing is a row of few columns', () => {
	const names = Array.from({ length: 24 }, (_, at) => `registry-${at}.example`);
	const pulls = (fault?: Fault) =>
		names.map((registry) => ({ registry, success: !fault, ...(fault && { fault: { ...fault, host: registry } }) }));
	const reports = [aNode('ip-10-0-3-17', 'a', pulls(noNames)), ...some('n', 9, 'b', pulls())];
	expect(report(reports)).toMatchInlineSnapshot(`
		"✗ 1 of 10 nodes cannot pull from 24 registries, registry-0.example and
		  registry-1.example among them.

		                   registry-0.example +23  via mirror.corp
		✗ ip-10-0-3-17  a  dns_timeout             ✓
		✓ 9 nodes       b  ✓                       ✓

		  Node      ip-10-0-3-17, 1 of 10 nodes, cannot pull from 24 registries,
		            registry-0.example and registry-1.example among them: dns_timeout.
		  More      docs/runbook.md#dns_timeout
		"
	`);
});

test('on a narrow terminal each row is a block', () => {
	const [, matrix = ''] = report(mixed, { columns: 40 }).split('\n\n');
	expect(matrix).toMatchInlineSnapshot(`
		"✗ ip-10-0-3-17  1b
		    docker.io
		      token tcp_timeout
		    3 of 4 work
		✗ 3 nodes  1d
		    ghcr.io
		      dns_timeout
		    3 of 4 work
		! 12 nodes  1c
		    docker.io
		      8/100 left
		    3 of 4 work
		✓ 29 nodes  1a
		    4 of 4 work"
	`);
});

test('without any answer that is said', () => {
	expect(report([], {}, { silent })).toMatchInlineSnapshot(`
		"! No agent answered: 2 were asked.

		  Silent    ip-10-0-1-8: pod is Pending (registry-probe/registry-probe-x7k2p)
		            ip-10-0-2-2: no answer in time (registry-probe/registry-probe-q9v4d)
		"
	`);
});

test.each([40, 60, 80, 120])('no line is longer than %i columns, but for words that cannot be broken', (columns) => {
	const long = report(mixed, { columns }, { silent })
		.split('\n')
		.filter((line) => line.length > columns && line.trim().split(/\s+/).length > 2);
	expect(long).toEqual([]);
});

test('ASCII is kept to where there is nothing else, and colours say nothing that words do not', () => {
	expect(report(mixed, { unicode: false })).toMatch(/^[\n\x20-\x7e]*$/);
	expect(stripVTControlCharacters(report(mixed, { colour: true }))).toBe(report(mixed));
});

test('every node has a row of its own where that is wished', () => {
	expect(report(mixed, { verbose: true }).match(/ip-10-0-1-\d+ /g)).toHaveLength(29);
});
