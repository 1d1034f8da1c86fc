import { expect, test } from 'vitest';
import { stages } from '../../src/probe/stages.ts';
import type { StageDescription } from '../../src/probe/stage.ts';
import { aStore, aTarget } from '../store/literals.ts';
import { fillUp, fullestStages } from './metricsFullest.ts';
import { aView, seriesOf } from './metricsWorld.ts';

const linesOf = (body: string) => body.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

/** Every measure once, as `metric label label`. */
function declaredBy(described: readonly StageDescription[]): readonly string[] {
	const all = described.flatMap(({ measures }) => measures.map(({ metric, labels }) => [metric, ...labels].join(' ')));
	return [...new Set(all)].toSorted();
}

test('the fullest world has the measures of the real stages', async () => {
	expect(declaredBy(fullestStages)).toEqual(declaredBy(stages));
});

test('one registry host has at most 120 series with two nameservers', async () => {
	const target = aTarget();
	const store = aStore(target);
	fillUp(store, target);
	const { body } = await aView(store, { stages: fullestStages }).render();
	const series = linesOf(body).filter((line) => line.includes('registry="docker.io"'));
	expect(series.length).toBeGreaterThan(100);
	expect(series.length).toBeLessThanOrEqual(120);
});

test('no series is shown twice', async () => {
	const targets = [aTarget(), aTarget({ host: 'mirror.example' })];
	const store = aStore(...targets);
	for (const target of targets) fillUp(store, target);
	const { body } = await aView(store, { stages: fullestStages }).render();
	const names = linesOf(body).map((line) => line.slice(0, line.lastIndexOf(' ')));
	expect(new Set(names).size).toBe(names.length);
});

test('above the limit the verdicts stay and what is left out is counted', async () => {
	const targets = Array.from({ length: 20 }, (_, index) => aTarget({ host: `host-${index}` }));
	const store = aStore(...targets);
	for (const target of targets) fillUp(store, target);
	const view = aView(store, { stages: fullestStages, seriesLimit: 200 });
	const { body } = await view.render();
	expect(linesOf(body)).toHaveLength(200);
	expect(await seriesOf(view, 'success')).toHaveLength(20);
	const [dropped = ''] = await seriesOf(view, 'series_dropped_total');
	expect(Number(dropped.slice('{} '.length))).toBeGreaterThan(1000);
});

test('below the limit nothing is left out', async () => {
	const target = aTarget();
	const store = aStore(target);
	fillUp(store, target);
	expect(await seriesOf(aView(store, { stages: fullestStages }), 'series_dropped_total')).toEqual(['{} 0']);
});
