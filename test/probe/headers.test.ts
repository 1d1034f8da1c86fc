import { expect, test } from 'vitest';

import { attempt, makeWorld, verdict } from './world.ts';

test('a header of the node that is not ASCII is sent in UTF-8, as Go sends it', async () => {
	await using world = await makeWorld();
	const value = 'Schl\u00fcssel \u2713';
	const observation = await attempt(world.node, { ...world.target, headers: { 'X-Key': value } });
	expect(verdict(observation)).toBe('none');
	const sent = world.registry.requests.map(({ headers }) => Buffer.from(String(headers['x-key']), 'latin1').toString());
	expect(new Set(sent)).toEqual(new Set([value]));
});
