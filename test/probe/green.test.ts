import { expect, test } from 'vitest';

import { walks } from './walks.ts';
import { attempt, makeWorld, recordOf, trail } from './world.ts';

test('a healthy pull is walked host by host', async () => {
	await using world = await makeWorld();
	const observation = await attempt(world.node, world.target);
	expect(trail(observation)).toEqual(walks.whole);
	expect(observation.success).toBe(true);
	expect(recordOf(observation, 'blob', 'blob').facts).toMatchObject({ bytes: 3000, verified: true });
	expect(recordOf(observation, 'registry', 'tls').facts).toMatchObject({
		version: 'TLS 1.3',
		issuer: 'Loopback Trust',
		verified: true,
	});
});
