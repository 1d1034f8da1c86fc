import { expect, test } from 'vitest';
import { pathStages } from '../../src/reasons/explanation.ts';
import { stages } from '../../src/probe/stages.ts';
import { read } from './markdown.ts';

interface Words {
	readonly enum: readonly string[];
}

test('the schemas know the stages that the code knows, in the order of the path', () => {
	const { $defs } = JSON.parse(read('docs/observations.schema.json')) as { $defs: Readonly<Record<string, Words>> };
	const { properties } = JSON.parse(read('docs/explain.schema.json')) as {
		properties: Readonly<Record<string, Words>>;
	};
	expect(stages.map(({ name }) => name)).toEqual(pathStages);
	expect($defs['stage']?.enum).toEqual(pathStages);
	expect(properties['stage']?.enum).toEqual(pathStages);
	const everyStage = [...read('docs/pods.schema.json').matchAll(/"stage": \{\s*"enum": (\[[^\]]*\])/g)];
	expect(everyStage.map(([, list = '']) => JSON.parse(list) as unknown)).toEqual([pathStages]);
});
