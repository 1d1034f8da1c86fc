import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fleetVerdicts } from '../../../src/verdict/fleet/fleetVerdicts.ts';
import type { NodeReport } from '../../../src/verdict/fleet/nodeReport.ts';
import { aNode, fleets, limited, timeout } from './reports.ts';

const many = (count: number, of: (name: string, at: number) => NodeReport) =>
	Array.from({ length: count }, (_, at) => of(`n${String(at).padStart(2, '0')}`, at));
const pulls = (reports: readonly NodeReport[]) => fleetVerdicts(reports).filter(({ kind }) => kind === 'pull');
const scopes = (reports: readonly NodeReport[]) => pulls(reports).map(({ scope, nodes }) => [scope, nodes.length]);

test('one node among others is a node', () => {
	const [verdict, ...others] = pulls([aNode('odd', { zone: 'a', fault: timeout }), ...many(9, (name) => aNode(name))]);
	expect(others).toEqual([]);
	expect(verdict).toMatchObject({ scope: 'node', nodes: ['odd'], of: ['docker.io'], fault: timeout, within: 10 });
});

test('a zone in which every node fails is the zone', () => {
	const reports = many(12, (name, at) =>
		aNode(name, { zone: 'abc'[at % 3] ?? '', ...(at % 3 === 1 && { fault: timeout }) }),
	);
	expect(pulls(reports)).toMatchObject([{ scope: 'zone', zone: 'b', within: 4 }]);
});

test('one node of a zone says nothing about the zone', () => {
	expect(
		scopes([aNode('odd', { zone: 'b', fault: timeout }), ...many(5, (name) => aNode(name, { zone: 'a' }))]),
	).toEqual([['node', 1]]);
});

test('nodes of several zones behind one address are the address', () => {
	const reports = many(12, (name, at) =>
		aNode(name, {
			zone: at % 2 === 0 ? 'a' : 'b',
			source: at < 4 ? '192.0.2.1' : '192.0.2.2',
			...(at < 4 && { fault: limited }),
		}),
	);
	expect(pulls(reports)).toMatchObject([{ scope: 'source', source: '192.0.2.1', nodes: ['n00', 'n01', 'n02', 'n03'] }]);
});

test('where most fail it is everyone, and the address that they share is named', () => {
	const reports = many(6, (name) => aNode(name, { zone: 'a', source: '192.0.2.1', fault: limited }));
	expect(pulls(reports)).toMatchObject([{ scope: 'everyone', source: '192.0.2.1', within: 6 }]);
});

test('some nodes here and there are many', () => {
	expect(scopes(many(20, (name, at) => aNode(name, at < 5 ? { fault: timeout } : {})))).toEqual([['many', 5]]);
});

test('a node without DNS fails for all registries, which is one event', () => {
	const fault = { host: 'x', role: 'registry', stage: 'dns', reason: 'dns_timeout' };
	const both = (success: boolean) =>
		['docker.io', 'ghcr.io'].map((registry) => ({
			registry,
			success,
			...(!success && { fault: { ...fault, host: registry } }),
		}));
	const reports = many(4, (node, at) => ({ node, mirrors: [], pulls: both(at > 0) }));
	expect(pulls(reports)).toMatchObject([{ scope: 'node', of: ['docker.io', 'ghcr.io'], nodes: ['n00'] }]);
});

test('a mirror that fails is told of where pulls come all the same, and only there', () => {
	const mirror = {
		registry: 'docker.io',
		host: 'mirror.corp',
		success: false,
		fault: { ...timeout, host: 'mirror.corp' },
	};
	const reports = many(4, (name, at) => ({ ...aNode(name, at === 0 ? { fault: timeout } : {}), mirrors: [mirror] }));
	expect(fleetVerdicts(reports)).toMatchObject([
		{ kind: 'pull', nodes: ['n00'] },
		{ kind: 'mirror', of: ['mirror.corp'], scope: 'everyone', nodes: ['n01', 'n02', 'n03'] },
	]);
});

test('a quota that runs out is told for all that share it', () => {
	const quota = (at: number) => ({ remaining: at === 0 ? 8 : 90, limit: 100 });
	const reports = many(3, (node, at) => ({
		node,
		mirrors: [],
		pulls: [{ registry: 'docker.io', success: true, source: '192.0.2.1', quota: quota(at) }],
	}));
	expect(fleetVerdicts(reports)).toMatchObject([
		{ kind: 'quota', scope: 'source', source: '192.0.2.1', nodes: ['n00', 'n01', 'n02'], quota: { remaining: 8 } },
	]);
});

test('the order of the reports says nothing', () => {
	const shuffled = fleets.chain((reports) =>
		fc.tuple(fc.constant(reports), fc.shuffledSubarray(reports, { minLength: reports.length })),
	);
	fc.assert(
		fc.property(shuffled, ([reports, others]) => {
			expect(fleetVerdicts(others)).toEqual(fleetVerdicts(reports));
		}),
	);
});

test('each node that fails is in one verdict, and no node that works', () => {
	fc.assert(
		fc.property(fleets, (reports) => {
			const failing = reports.filter(({ pulls: [pull] }) => pull?.success === false).map(({ node }) => node);
			const told = pulls(reports).flatMap(({ nodes }) => nodes);
			expect(told.toSorted()).toEqual(failing.toSorted());
		}),
	);
});

test('a zone or an address is two nodes at least, most of it, and not most of the others', () => {
	fc.assert(
		fc.property(fleets, (reports) => {
			for (const { scope, zone, source, nodes, within } of pulls(reports)) {
				if (scope !== 'zone' && scope !== 'source') continue;
				const inside = reports.filter((report) =>
					scope === 'zone' ? report.zone === zone : report.pulls[0]?.source === source,
				);
				const failing = inside.filter(({ pulls: [pull] }) => pull?.success === false);
				const outside = reports.filter((report) => !inside.includes(report));
				const working = outside.filter(({ pulls: [pull] }) => pull?.success);
				expect(within).toBe(inside.length);
				expect(failing.length).toBeGreaterThanOrEqual(2);
				expect(failing.length).toBeGreaterThanOrEqual(nodes.length);
				expect(failing.length * 2).toBeGreaterThan(inside.length);
				expect(working.length * 2).toBeGreaterThan(outside.length);
			}
		}),
	);
});
