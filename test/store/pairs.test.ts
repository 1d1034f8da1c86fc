import { expect, test } from 'vitest';
import { expectedPairs } from '../../src/store/pairs.ts';
import { aTarget } from './literals.ts';

const { blob: _, ...withoutBlob } = aTarget();

test('a named registry over TLS has every connect stage in every role', () => {
	expect(expectedPairs(aTarget(), false)).toEqual([
		'registry dns',
		'registry tcp',
		'registry tls',
		'registry challenge',
		'registry manifest',
		'token dns',
		'token tcp',
		'token tls',
		'token token',
		'registry blob',
		'blob dns',
		'blob tcp',
		'blob tls',
		'blob blob',
	]);
});

test('an IP literal has no dns stage of its own', () => {
	const target = aTarget({ endpoint: { scheme: 'https', hostname: '2001:db8::1', port: 443 } });
	expect(expectedPairs(target, false)).not.toContain('registry dns');
});

test('behind a proxy the proxy stands for dns and tcp', () => {
	const pairs = expectedPairs(aTarget(), true);
	expect(pairs.filter((pair) => /dns|tcp/.test(pair))).toEqual([]);
	expect(pairs).toContain('registry proxy');
});

test('plain http has no tls stage', () => {
	const target = aTarget({ endpoint: { scheme: 'http', hostname: 'localhost', port: 5000 } });
	expect(expectedPairs(target, false).filter((pair) => pair.endsWith('tls'))).toEqual([]);
});

test('without a wish for a blob there is no blob stage', () => {
	expect(expectedPairs(withoutBlob, false).filter((pair) => pair.includes('blob'))).toEqual([]);
});

test('what a redirect leads to is not foreseen', () => {
	expect(expectedPairs(aTarget(), false).filter((pair) => pair.startsWith('redirect'))).toEqual([]);
});
