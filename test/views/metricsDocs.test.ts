import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { stages } from '../../src/probe/stages.ts';
import { aStore } from '../store/literals.ts';
import { aView } from './metricsWorld.ts';

const text = readFileSync('docs/metrics.md', 'utf8');
const { families } = aView(aStore(), { stages });
const missing = spawnSync('promtool', ['--version']).error !== undefined;
const skipped = missing && process.env['CI'] !== 'true';

/** The metrics that the tables name, as `name type label label`. */
function documented(): readonly string[] {
	const rows = text.matchAll(/^\| `(\w+)` \| (gauge|counter) \| ([^|]*)\| [^|]+ \|$/gm);
	return [...rows].map(([, name, type, labels = '']) =>
		[name, type, ...[...labels.matchAll(/`(\w+)`/g)].map(([, label]) => label)].join(' '),
	);
}

test('the tables name every metric that is exported, with its type and labels, and no other', async () => {
	const exported = families.map(({ name, type, labels }) => [name, type, ...labels].join(' '));
	expect(documented().toSorted()).toEqual(exported.toSorted());
});

test('the text names no metric that is not exported', async () => {
	const known = new Set(families.map(({ name }) => name));
	const named = [...text.matchAll(/registry_probe_\w+/g)].map(([name]) => name);
	expect(named.filter((name) => !known.has(name))).toEqual([]);
});

test('every group of metrics has a worked query', async () => {
	const groups = text.split(/^## /m).filter((group) => group.includes('| metric |'));
	expect(groups.filter((group) => !group.includes('```promql')).map((group) => group.split('\n')[0])).toEqual([]);
});

test.skipIf(skipped)('promtool reads every query (skipped without promtool: npm run test:tools)', async () => {
	const queries = [...text.matchAll(/^```promql\n([^`]+)^```$/gm)].map(([, query = '']) => query);
	const rules = queries.map((expr, index) => ({ record: `documented:query_${index}`, expr }));
	const folder = mkdtempSync(join(tmpdir(), 'registry-probe-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const file = join(folder, 'rules.yaml');
	writeFileSync(file, JSON.stringify({ groups: [{ name: 'documented', rules }] }));
	const { stdout, stderr } = spawnSync('promtool', ['check', 'rules', file], { encoding: 'utf8' });
	expect(queries.length).toBeGreaterThan(10);
	expect(`${stdout}${stderr}`).toContain(`SUCCESS: ${queries.length} rules found`);
});
