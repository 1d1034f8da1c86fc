import { expect, test } from 'vitest';
import { alertingGroups, recordingGroups } from '../../build/monitoring/groups.ts';
import { isAlert } from '../../build/monitoring/rule.ts';
import { stages } from '../../src/probe/stages.ts';
import { aStore } from '../store/literals.ts';
import { aView } from '../views/metricsWorld.ts';
import { read } from '../docs/markdown.ts';
import { groupingsIn, selectorsIn } from './promql.ts';
import { templateQueries } from './queries.ts';

const rules = [...recordingGroups, ...alertingGroups].flatMap((group) => group.rules);
const recorded = new Set(rules.flatMap((rule) => (isAlert(rule) ? [] : [rule.record])));
const queries = [...rules.map(({ expr }) => expr), ...templateQueries()];
const selectors = queries.flatMap(selectorsIn);

/** Labels that the scrape puts on every series. */
const ofTargets = ['cluster', 'job', 'instance', 'namespace', 'pod'];
const exported = new Map(
	aView(aStore(), { stages }).families.map(({ name, labels }) => [name, ['node', 'network', ...labels]]),
);
/** What others export. */
const foreign = new Map([
	['up', ['node']],
	['kube_node_status_condition', ['node', 'condition', 'status']],
	['kube_node_spec_unschedulable', ['node']],
	['kube_node_created', ['node']],
	['kube_pod_info', ['node', 'created_by_kind', 'created_by_name']],
]);

test('every metric that a rule asks for is exported or recorded, and every recorded one is asked for by its name', () => {
	const known = new Set([...exported.keys(), ...foreign.keys(), ...recorded]);
	expect(selectors.length).toBeGreaterThan(100);
	expect([...new Set(selectors.map(({ metric }) => metric))].filter((metric) => !known.has(metric))).toEqual([]);
});

test('every label that is matched is one of the metric', () => {
	const wrong = selectors.flatMap(({ metric, labels }) => {
		const own = exported.get(metric) ?? foreign.get(metric);
		return own
			? labels.filter((label) => ![...own, ...ofTargets].includes(label)).map((label) => `${metric} ${label}`)
			: [];
	});
	expect(wrong).toEqual([]);
});

test('every label that is joined or grouped by exists, and the cluster is always kept', () => {
	const all = new Set([...[...exported.values()].flat(), ...ofTargets, 'scope']);
	const groupings = rules.flatMap(({ expr }) => groupingsIn(expr));
	expect(groupings.flatMap(({ labels }) => labels).filter((label) => !all.has(label))).toEqual([]);
	const lose = groupings.filter(({ keyword, labels }) => ['by', 'on'].includes(keyword) && !labels.includes('cluster'));
	expect(lose).toEqual([]);
});

test('verdicts rest on agents on the network of the node', () => {
	const ofAgents = rules.flatMap(({ expr }) => selectorsIn(expr)).filter(({ metric }) => exported.has(metric));
	const both = new Set(['registry_probe_config_last_reload_successful', 'registry_probe_series_dropped_total']);
	const open = ofAgents.filter(({ metric, labels }) => !both.has(metric) && !labels.includes('network'));
	expect(open).toEqual([]);
});

test('every recorded series has a name of three parts', () => {
	expect([...recorded].filter((name) => !/^[a-z_]+:registry_probe_[a-z_0-9]+:[a-z_0-9]+$/.test(name))).toEqual([]);
});

test('docs/alerts.md names no series that does not exist', () => {
	const named = [...read('docs/alerts.md').matchAll(/\b(?:[a-z_]+:)?registry_probe_\w+(?::\w+)?/g)].map(
		([name]) => name,
	);
	expect(named.length).toBeGreaterThan(5);
	expect(named.filter((name) => !recorded.has(name) && !exported.has(name))).toEqual([]);
});

test('docs/scale.md keeps the metrics that rules and texts ask for, and no others', () => {
	const [, kept = ''] = /^ +regex: (\S+)$/m.exec(read('docs/scale.md')) ?? [];
	const asked = new Set(selectors.map(({ metric }) => metric).filter((metric) => exported.has(metric)));
	expect(kept.split('|').toSorted()).toEqual([...asked].toSorted());
});
