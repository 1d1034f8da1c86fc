import fc from 'fast-check';
import { expect, test } from 'vitest';

import { ApiFailure } from '../../src/cluster/apiFailure.ts';
import { ListReader, mostOfObject } from '../../src/cluster/listReader.ts';
import { pieces } from './pieces.ts';

/** Everything that a reader gives of a text that comes in these pieces. */
function read(parts: readonly string[]) {
	const reader = new ListReader();
	const objects = parts.flatMap((part) => reader.push(part)).map((text) => JSON.parse(text) as unknown);
	return { objects, end: reader.end() };
}

function outcome(parts: readonly string[]): string {
	const reader = new ListReader();
	try {
		for (const part of parts) reader.push(part);
		reader.end();
		return 'read';
	} catch (error) {
		if (error instanceof ApiFailure) return 'no list';
		throw error;
	}
}

const anyObject = fc.dictionary(fc.oneof(fc.constant('items'), fc.string()), fc.jsonValue());

test('any list gives its objects, wherever it is cut', () => {
	const any = fc.tuple(
		fc.array(anyObject),
		fc.string(),
		fc.constantFrom(undefined, '\t', 2),
		fc.infiniteStream(fc.nat(9)),
	);
	fc.assert(
		fc.property(any, ([items, version, space, lengths]) => {
			const list = { kind: 'PodList', metadata: { resourceVersion: version, continue: 'next"}]' }, items };
			const { objects, end } = read(pieces(JSON.stringify(list, null, space), lengths));
			expect(objects).toEqual(JSON.parse(JSON.stringify(items)));
			expect(end).toEqual({ version, next: 'next"}]' });
		}),
	);
});

test('what the list says may stand behind its objects', () => {
	const text = '{"items":[{"a":1},{"b":[{}]}],"metadata":{"resourceVersion":"7"}}';
	expect(read([text])).toEqual({ objects: [{ a: 1 }, { b: [{}] }], end: { version: '7', next: '' } });
});

test.each(['null', '[]', '[1,"}",true]'])('items %s are no objects', (items) => {
	expect(read([`{"metadata":{"resourceVersion":"7"},"items":${items}}`]).objects).toEqual([]);
});

test('any other text is read to its end, or is no list', () => {
	const any = fc.oneof(
		fc.string(),
		fc.json(),
		fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"items":', ',', '\\', 'x') }),
	);
	fc.assert(
		fc.property(any, fc.infiniteStream(fc.nat(9)), (text, lengths) => {
			expect(['read', 'no list']).toContain(outcome(pieces(text, lengths)));
		}),
	);
});

test('an object that is too long is passed over, and the next one is read', () => {
	const reader = new ListReader();
	const piece = 'x'.repeat(1024 * 1024);
	expect(reader.push('{"items":[{"a":"')).toEqual([]);
	for (let length = 0; length < mostOfObject; length += piece.length) expect(reader.push(piece)).toEqual([]);
	expect(reader.push('"},{"b":1}')).toEqual(['{"b":1}']);
});

test('a text that never comes to objects is not kept', () => {
	const reader = new ListReader();
	expect(() => {
		for (let at = 0; at < 1000; at++) reader.push('x'.repeat(1024));
	}).toThrow(ApiFailure);
});
