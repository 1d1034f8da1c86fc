import { afterAll, beforeAll, expect, test } from 'vitest';

import { suite } from '../../real/suite.ts';
import { certificateCases } from './certificateCases.ts';
import { choiceCases } from './choiceCases.ts';
import { prefixCases } from './prefixCases.ts';
import { refusedDropIns, refusedFiles } from './refusedFiles.ts';
import { makeWorld, type World } from './skopeo.ts';

suite('skopeo asks the hosts of the route', ['skopeo'], () => {
	let world: World;
	beforeAll(async () => {
		world = await makeWorld();
	});
	afterAll(async () => {
		await world[Symbol.asyncDispose]();
	});

	test.each([...prefixCases, ...choiceCases, ...certificateCases])('%s', async (_name, count, setup) => {
		const { asked, expected, skopeo } = await world.try(setup(world.hosts, world.pems));
		expect({ asked, stderr: skopeo.stderr }).toEqual({ asked: expected, stderr: skopeo.stderr });
		expect(asked).toHaveLength(count);
	});

	test.each([
		...refusedFiles.map(([name, conf]) => ({ name, conf, dropIns: {} })),
		...refusedDropIns.map(([name, text]) => ({ name, conf: '', dropIns: { 'a.conf': text } })),
	])('none with $name', async ({ conf, dropIns }) => {
		const { asked, route, skopeo } = await world.try({ image: `${world.hosts.trusted}/team/app:1`, conf, dropIns });
		expect(skopeo.stderr).toContain('registries');
		expect(asked).toEqual([]);
		expect(route).toMatchObject({ hosts: [], refused: expect.any(String) });
	});
});
