import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { looksLikeHtml, readErrorBody } from '../../src/registry/errorBody.ts';
import { timeOf } from '../processorTime.ts';

describe('the body of an error', () => {
	test.each([
		[
			'{"errors":[{"code":"NAME_UNKNOWN","message":"repository name not known"},{"code":"DENIED","message":"x"}]}',
			{ codes: ['NAME_UNKNOWN', 'DENIED'], message: 'repository name not known' },
		],
		['{"errors":[{"code":"denied"},{"code":"DENIED"}]}', { codes: ['DENIED'] }],
		['{"errors":[{"code":"UNAUTHORIZED","message":""}],"message":"top"}', { codes: ['UNAUTHORIZED'], message: 'top' }],
		['{"details":"incorrect username or password"}', { codes: [], message: 'incorrect username or password' }],
		['{"error":"invalid_grant","error_description":"no"}', { codes: ['INVALID_GRANT'], message: 'no' }],
		['{"errors":[null,5,{"code":7,"message":{}}]}', { codes: [] }],
		['{"errors":{"code":"DENIED"}}', { codes: [] }],
		['{"errors":[{"code":"not a code"}]}', { codes: [] }],
		['[]', { codes: [] }],
		['<html>', { codes: [] }],
		['', { codes: [] }],
	])('%s', (text, read) => {
		expect(readErrorBody(text)).toEqual(read);
	});

	test('is shown on one line, without control characters and query values', () => {
		const message = 'at https://cdn/x?sig=S3CR3T\n\u001b[31mred\u202e';
		expect(readErrorBody(JSON.stringify({ message })).message).toBe('at https://cdn/x?sig=REDACTED red\uFFFD');
	});

	test('is bounded', () => {
		const errors = Array.from({ length: 1000 }, (_, at) => ({ code: `CODE_${at}`, message: 'm'.repeat(10_000) }));
		const { codes, message } = readErrorBody(JSON.stringify({ errors }));
		expect([codes.length, message?.length]).toEqual([10, 300]);
	});

	test('whatever it is, is read without an error', () => {
		const error = fc.record({ code: fc.anything(), message: fc.anything() }, { requiredKeys: [] });
		const body = fc.record({ errors: fc.oneof(fc.array(error), fc.anything()), message: fc.anything() });
		const text = fc.oneof(fc.json(), fc.string(), body.map(stringify));
		fc.assert(
			fc.property(text, (raw) => {
				const { codes, message = '' } = readErrorBody(raw);
				expect(codes.join(' ')).toMatch(/^[\w. -]{0,700}$/);
				expect(message).toMatch(/^\P{Cc}{0,300}$/u);
			}),
		);
	});
});

describe('a page for people', () => {
	test.each([
		['text/html; charset=utf-8', ''],
		['Text/HTML', '{}'],
		['application/xhtml+xml', ''],
		[undefined, '<!DOCTYPE html><html>'],
		['application/json', '\uFEFF\n  <html lang="en">'],
		['', '<?xml version="1.0"?>\n<!-- login --><!-- now -->\n<HTML>'],
		['text/plain', '<head><meta http-equiv="refresh">'],
	])('is known by %j and %j', (type, start) => {
		expect(looksLikeHtml(type, start)).toBe(true);
	});

	test.each([
		['application/json', '{"errors":[]}'],
		[undefined, ''],
		['text/plain', 'upstream connect error <html>'],
		['application/xml', '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'],
		['text/htmlx', '<htmlx>'],
	])('is not what comes as %j and %j', (type, start) => {
		expect(looksLikeHtml(type, start)).toBe(false);
	});

	test('is looked for in time that grows with the length', () => {
		const time = timeOf(() => {
			looksLikeHtml('', '<!--'.repeat(100_000));
			looksLikeHtml('', ' '.repeat(400_000));
		});
		expect(time).toBeLessThan(500);
	});
});

function stringify(value: unknown): string {
	try {
		return JSON.stringify(value);
	} catch {
		return '';
	}
}
