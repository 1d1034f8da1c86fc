import fc from 'fast-check';
import { expect, test } from 'vitest';

import { ApiFailure } from '../../src/cluster/apiFailure.ts';
import { readWatchEvent } from '../../src/cluster/watchEvent.ts';

test.each(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK'])('%s is an event', (type) => {
	const object = { metadata: { resourceVersion: '12', name: 'a' } };
	expect(readWatchEvent(JSON.stringify({ type, object }))).toEqual({ type, object, version: '12' });
});

test('what ends a watch is a failure with its code', () => {
	// As kube-apiserver 1.36 writes it.
	const line =
		'{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"too old resource version: 1 (208)","reason":"Expired","code":410}}';
	const failure = readWatchEvent(line);
	expect(failure).toBeInstanceOf(ApiFailure);
	expect(failure).toMatchObject({ status: 410, message: 'status 410: too old resource version: 1 (208)' });
});

test('a server that wants to be left alone says for how long', () => {
	const object = { kind: 'Status', code: 429, details: { retryAfterSeconds: 3 } };
	expect(readWatchEvent(JSON.stringify({ type: 'ERROR', object }))).toMatchObject({ status: 429, retryAfter: 3 });
});

test.each([
	'',
	'<html>',
	'{}',
	'{"type":"ADDED"}',
	'{"type":"ADDED","object":{"metadata":{}}}',
	'{"type":"NEW","object":{}}',
])('%j is no event', (line) => {
	expect(readWatchEvent(line)).toMatchObject({ message: 'a line of the watch is no event' });
});

test('any line is an event or a failure', () => {
	const object = fc.oneof(fc.jsonValue(), fc.record({ metadata: fc.jsonValue(), code: fc.jsonValue() }));
	const event = fc.record({ type: fc.constantFrom('ERROR', 'ADDED', 'BOOKMARK', 'x'), object });
	fc.assert(
		fc.property(
			fc.oneof(
				fc.string(),
				event.map((value) => JSON.stringify(value)),
			),
			(line) => {
				const read = readWatchEvent(line);
				const said = read instanceof ApiFailure ? read.message : read.version;
				expect(said).toMatch(/^\P{Cc}{1,300}$/u);
			},
		),
	);
});
