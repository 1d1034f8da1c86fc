import fc from 'fast-check';
import { expect, test } from 'vitest';
import { podsDocument } from '../../src/explain/podsDocument.ts';
import { readPods } from '../../src/explain/readPods.ts';

const pod = {
	namespace: 'shop',
	pod: 'cart',
	uid: 'u',
	container: 'web',
	image: 'ghcr.io/acme/cart:1',
	state: 'ErrImagePull',
	cause: 'unknown',
	explained: 'unknown',
	reason: null,
	summary: 'Nobody knows.',
	evidence: [{ source: 'kubelet', text: 'words' }],
	changed: [{ at: 1, text: 'changed' }],
	remedy: 'Look.\nkubectl get pods',
} as const;

test('what an agent writes is read as it stands', () => {
	expect(readPods(podsDocument('n1', [pod], 2000))).toEqual({ syncedAt: 2, pods: [pod] });
	expect(readPods(podsDocument('n1', [], undefined))).toEqual({ pods: [] });
});

test('what cannot be shown is taken out of it again', () => {
	const secret = 'Get "https://blob.example/x?X-Signature=abc": \u001b[31mrefused';
	const [read] = readPods({ version: 1, pods: [{ ...pod, summary: secret }] })?.pods ?? [];
	expect(read?.summary).toBe('Get "https://blob.example/x?X-Signature=REDACTED": refused');
});

test('an entry that lacks what is needed is passed over', () => {
	const { summary: _, ...lacking } = pod;
	expect(readPods({ version: 1, pods: [lacking, 7, { ...pod, evidence: [{}] }, pod] })?.pods).toEqual([pod]);
});

test.each([
	{ since: '1' },
	{ tries: {} },
	{ host: 7 },
	{ evidence: [{ text: 'x', source: 5 }] },
	{ evidence: [{ text: 'x' }] },
	{ changed: [{ text: 'x', at: '1' }] },
	{ pullSecrets: [{ name: 's' }] },
])('an entry with %j, which no report could show, is passed over', (wrong) => {
	expect(readPods({ version: 1, pods: [{ ...pod, ...wrong }, pod] })?.pods).toEqual([pod]);
});

test('whatever else comes is refused or read, never thrown at', () => {
	const some = fc.record({ version: fc.constant(1), pods: fc.array(fc.oneof(fc.jsonValue(), fc.constant(pod))) });
	fc.assert(
		fc.property(fc.oneof(fc.jsonValue(), some), (value) => {
			for (const { pod: name } of readPods(value)?.pods ?? []) expect(name).toBe('cart');
		}),
	);
});
