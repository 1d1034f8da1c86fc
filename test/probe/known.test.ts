import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { isSignedBy, Known, namesOf } from '../../src/probe/handshake/known.ts';
import { createAuthority } from '../fakes/authority.ts';

test('what is known is not read again', () => {
	const known = new Known<number>();
	let read = 0;
	const value = () => known.get('one', () => ++read);
	expect([value(), value(), value()]).toEqual([1, 1, 1]);
});

test('"no" is known as well as "yes"', () => {
	const known = new Known<boolean>();
	let read = 0;
	const value = () => known.get('one', () => ++read > 99);
	expect([value(), value(), read]).toEqual([false, false, 1]);
});

test('what was read first is forgotten first, so that no server can fill the memory', () => {
	const known = new Known<number>();
	for (let at = 0; at < 2000; at++) known.get(`${at}`, () => at);
	expect(known.size).toBe(500);
	expect([known.get('1999', () => -1), known.get('0', () => -1)]).toEqual([1999, -1]);
});

test('names and signatures are told apart by certificate', async () => {
	const [ours, theirs] = [await createAuthority({ organization: 'A' }), await createAuthority({ organization: 'A' })];
	const [first, second] = [await ours.issue({ names: ['a.test'] }), await ours.issue({ names: ['b.test'] })];
	const [a, b, parent, stranger] = [first.cert, second.cert, ours.pem, theirs.pem].map(
		(pem) => new X509Certificate(pem),
	);
	if (!a || !b || !parent || !stranger) throw new Error('four certificates were made');
	for (let turn = 0; turn < 2; turn++) {
		expect([namesOf(a).dns, namesOf(b).dns]).toEqual([['a.test'], ['b.test']]);
		expect([isSignedBy(a, parent), isSignedBy(a, stranger), isSignedBy(b, parent)]).toEqual([true, false, true]);
	}
});
