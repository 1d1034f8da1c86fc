import { expect, test } from 'vitest';

import { attempt, makeWorld, recordOf, trail } from './world.ts';

test('a healthy pull is walked host by host', async () => {
	await using world = await makeWorld();
	const observation = await attempt(world.node, world.target);
	expect(trail(observation)).toEqual([
		'registry dns',
		'registry tcp',
		'registry tls',
		'registry challenge',
		'token dns',
		'token tcp',
		'token tls',
		'token token',
		'registry manifest',
		'blob dns',
		'blob tcp',
		'blob tls',
		'blob blob',
	]);
	expect(observation.success).toBe(true);
	expect(recordOf(observation, 'blob', 'blob').facts).toMatchObject({ bytes: 3000, verified: true });
	expect(recordOf(observation, 'registry', 'tls').facts).toMatchObject({
		version: 'TLS 1.3',
		issuer: 'Loopback Trust',
		verified: true,
	});
});
