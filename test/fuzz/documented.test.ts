import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { targetNames } from './targets.ts';

test('every parser has its row in docs/fuzzing.md, and no other has', () => {
	const text = readFileSync(join(import.meta.dirname, '../../docs/fuzzing.md'), 'utf8');
	const rows = [...text.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
	expect(rows).toEqual(targetNames);
});
