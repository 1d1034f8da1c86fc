import { expect, test } from 'vitest';

import { matchLength } from '../../../src/plan/crio/prefix.ts';

test.each([
	['registry.example/app', 'registry.example', 16],
	['registry.example/app', 'registry.example/app', 20],
	['registry.example/app', 'registry.example/ap', undefined],
	['registry.example/app', 'registry', undefined],
	['registry.example:5000/app', 'registry.example', 16],
	['registry.example:5000/app', 'registry.example:50', undefined],
	['registry.example/app:1', 'registry.example/app', 20],
	['a.registry.example/app', '*.registry.example', 18],
	['b.a.registry.example:5000/app', '*.registry.example', 20],
	['registry.example/app', '*.registry.example', undefined],
	['aregistry.example/app', '*.registry.example', undefined],
	['other.example/a.registry.example/app', '*.registry.example', undefined],
	['a.example.org.example/app', '*.example', undefined],
])('of %s the prefix %s takes %s', (text, prefix, length) => {
	expect(matchLength(text, prefix)).toBe(length);
});
