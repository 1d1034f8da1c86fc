import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layersOf } from '../../src/explain/layers.ts';

describe('an error splits where Go has wrapped it', () => {
	test.each<[string, readonly string[]]>([
		['outer: middle: inner', ['outer', 'middle', 'inner']],
		['Head "https://r:5000/v2/a: b": EOF', ['Head "https://r:5000/v2/a: b"', 'EOF']],
		['dial tcp [2001:db8::1]:443: connect: x', ['dial tcp [2001:db8::1]:443', 'connect', 'x']],
		['403 Forbidden\ndenied: not you', ['403 Forbidden', 'denied', 'not you']],
		['errors:\ndenied: a\nunauthorized\n', ['errors', 'denied', 'a', 'unauthorized']],
		['(Mirrors also failed: [m: "a": b]): up: c', ['(Mirrors also failed: [m: "a": b])', 'up', 'c']],
		['a "open: b', ['a "open', 'b']],
		['a (open: b', ['a (open', 'b']],
		['a ) : b ] : c', ['a )', 'b ]', 'c']],
		['a "b \\" c: d": e', ['a "b \\" c: d"', 'e']],
		['with ErrImagePull: "rpc error: code = X"', ['with ErrImagePull', 'rpc error', 'code = X']],
		['', []],
		[': : :', []],
	])('%j', (error, layers) => {
		expect(layersOf(error)).toEqual(layers);
	});
});

test('of very many layers the outermost and the innermost are kept', () => {
	const layers = layersOf(Array.from({ length: 1000 }, (_, at) => `l${at}`).join(': '));
	expect(layers).toHaveLength(80);
	expect([layers[0], layers.at(-1)]).toEqual(['l0', 'l999']);
});

test('whatever comes in, the layers are bounded in number and length', () => {
	const piece = fc.constantFrom('"', '\\"', '\\', '(', ')', '[', ']', ': ', ':', '\n', 'a', '"a: b"', '"\\"a: b\\""');
	fc.assert(
		fc.property(fc.array(piece, { maxLength: 300 }), (pieces) => {
			const layers = layersOf(pieces.join(''));
			expect(layers.length).toBeLessThanOrEqual(80);
			expect(layers.every((layer) => layer !== '' && layer.length <= 4096)).toBe(true);
		}),
	);
});
