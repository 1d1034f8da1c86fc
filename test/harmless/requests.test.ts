import { describe, expect, test } from 'vitest';
import type { Observation, Role } from '../../src/probe/observation.ts';
import { attempt } from '../probe/world.ts';
import { faulty, paused } from './faulty.ts';
import { healthy } from './healthy.ts';
import { defaultPlan } from './hubTarget.ts';
import { asLogged, byMethod, loggedBy, type Setting } from './setting.ts';
import { bytesIn, type Requests, requestsIn, type Row, tableOf, times } from './table.ts';

const document = 'docs/requests.md';
const roles = ['registry', 'token', 'redirect', 'blob'] as const satisfies readonly Role[];
const rows = tableOf(document, 'attempt', 'registry');
const bounds = new Map(tableOf(document, 'answer').map((row) => [row['answer'], bytesIn(row['bytes'] ?? '')]));

const kinds: Readonly<Record<string, readonly (() => Promise<Setting>)[]>> = {
	...Object.fromEntries(Object.entries(healthy).map(([name, kind]) => [name, [kind]])),
	...faulty,
	...paused,
};

function promised(row: Row): Readonly<Record<Role, Requests>> {
	const of = (role: Role) => requestsIn(row[role] ?? '');
	return { registry: of('registry'), token: of('token'), redirect: of('redirect'), blob: of('blob') };
}

const inAllRoles = (requests: Readonly<Record<Role, Requests>>, change: (one: Requests) => Requests) =>
	Object.fromEntries(roles.map((role) => [role, change(requests[role])]));

/** What the agent itself says it has sent, by role and method. */
function told(requests: Observation['requests']): Readonly<Record<string, Requests>> {
	const of = (role: Role) => requests.filter((request) => request.role === role).map(({ method }) => method);
	const count = (methods: readonly string[]) =>
		Object.fromEntries([...new Set(methods)].map((method) => [method, methods.filter((it) => it === method).length]));
	return Object.fromEntries(roles.map((role) => [role, count(of(role))]));
}

test('the table has every kind of attempt that is tried here, and no other', () => {
	expect(rows.map((row) => row['attempt'])).toEqual(Object.keys(kinds));
});

describe.each(rows.map((row) => [row['attempt'] ?? '', row] as const))('%s', (name, row) => {
	test.each((kinds[name] ?? []).map((kind, at) => [at + 1, kind] as const))(
		'sends what the table says (%d)',
		async (_at, kind) => {
			await using setting = await kind();
			const { node, target, trying, walk } = setting;
			const requests = walk ? await walk() : (await attempt(node, target, trying)).requests;
			expect(loggedBy(setting)).toEqual(inAllRoles(promised(row), asLogged));
			expect(told(requests)).toEqual(inAllRoles(promised(row), byMethod));
		},
	);

	test('costs the bytes that its answers may have', () => {
		const costs = Object.values(promised(row)).flatMap((requests) =>
			Object.entries(requests).map(([kind, count]) => {
				const [method, what] = kind.split(' ');
				return method === 'GET' ? count * (bounds.get(what) ?? Number.NaN) : 0;
			}),
		);
		expect(costs.reduce((sum, cost) => sum + cost, 0)).toBe(bytesIn(row['bytes at most'] ?? ''));
	});
});

describe('the table of a cluster', () => {
	const nodes = 1000;
	const cluster = tableOf(document, 'name', 'attempt');

	test('has the registries of the default configuration at their interval', async () => {
		const plan = await defaultPlan();
		const attempts = plan.map(({ registry, interval }) => [registry, ((3600 / interval) * nodes).toLocaleString('en')]);
		expect(cluster.map((row) => [row['name'], row['attempts']])).toEqual(attempts);
	});

	test.each(cluster.map((row) => [row['attempt'] ?? '', row] as const))('multiplies %s', (name, row) => {
		const one = rows.find((each) => each['attempt'] === name) ?? {};
		const attempts = Number((row['attempts'] ?? '').replaceAll(',', ''));
		expect(promised(row)).toEqual(inAllRoles(promised(one), (requests) => times(attempts, requests)));
	});
});
