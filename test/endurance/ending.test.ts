import { expect, test } from 'vitest';
import { endAtRandomMoments } from './ending.ts';

test('agents that are asked to end at random moments end within 5 s, with 0, and leave nothing torn', async () => {
	const endings = await endAtRandomMoments(20);
	expect(endings.filter(({ code, seconds, torn }) => code !== 0 || seconds > 5 || torn.length > 0)).toEqual([]);
	expect(endings).toHaveLength(20);
}, 240_000);
