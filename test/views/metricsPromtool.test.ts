import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { aStore, aTarget } from '../store/literals.ts';
import { fillUp, fullestStages } from './metricsFullest.ts';
import { aView } from './metricsWorld.ts';

const missing = spawnSync('promtool', ['--version']).error !== undefined;
const skipped = missing && process.env['CI'] !== 'true';

/** All metrics that there are, as text. */
async function everything(): Promise<string> {
	const target = aTarget();
	const store = aStore(target);
	fillUp(store, target);
	store.setConfiguration({ successful: true, at: 0, faults: [] });
	const { body } = await aView(store, { stages: fullestStages }).render();
	return body;
}

test.skipIf(skipped)('promtool has no complaint (skipped without promtool: npm run test:tools)', async () => {
	const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
		input: await everything(),
		encoding: 'utf8',
	});
	expect({ status, said: `${stdout}${stderr}` }).toEqual({ status: 0, said: '' });
});

test('every metric has a help text that ends in a full stop', async () => {
	const { families } = aView(aStore(), { stages: fullestStages });
	expect(families.filter(({ help }) => !/^[A-Z][^"\\\n]*\.$/.test(help)).map(({ name }) => name)).toEqual([]);
});
