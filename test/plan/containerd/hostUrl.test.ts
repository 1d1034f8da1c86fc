import fc from 'fast-check';
import { expect, test } from 'vitest';

import { readHostUrl, rootOf, withScheme } from '../../../src/plan/containerd/hostUrl.ts';

test.each([
	['https://a', { scheme: 'https', host: 'a', path: '' }],
	['HTTP://A:5000/x/y?q#f', { scheme: 'http', host: 'A:5000', path: '/x/y' }],
	['https://user:pw@a/x', { scheme: 'https', host: 'a', path: '/x' }],
	['https://[::1]:5000', { scheme: 'https', host: '[::1]:5000' }],
	['https://', { host: '', path: '' }],
	['httpd', { scheme: '', host: '' }],
	['httpd:5000', { scheme: 'httpd', host: '' }],
	['http:/a', { scheme: 'http', host: '', path: '/a' }],
])('%s', (text, expected) => {
	expect(readHostUrl(text)).toMatchObject(expected);
});

test.each([
	'https://a b',
	'https://a:b',
	'https://a:5000x',
	'https://[::1',
	'https://a\n',
	'https://a/%zz',
	'1a:b',
	'https://[::1]x',
])('Go refuses %j', (text) => {
	expect(readHostUrl(text)).toBeUndefined();
});

test('the address is what can be dialled', () => {
	expect(readHostUrl('https://A.example:5000')?.address).toEqual({ hostname: 'a.example', port: 5000 });
	expect(readHostUrl('https://a:70000')).toMatchObject({ host: 'a:70000' });
	expect(readHostUrl('https://a:70000')).not.toHaveProperty('address');
});

test('any text is taken apart without a throw, and a root neither ends in a slash nor leaves out the first', () => {
	const part = fc.constantFrom(
		'http',
		'https',
		'://',
		'//',
		'/',
		':',
		'@',
		'?',
		'#',
		'[',
		']',
		'..',
		'v2',
		'a',
		'%',
		'5000',
	);
	const text = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc.array(part).map((parts) => parts.join('')),
	);
	fc.assert(
		fc.property(text, fc.boolean(), (url, override) => {
			const parsed = readHostUrl(withScheme(url));
			const root = rootOf(parsed?.path ?? '', override);
			expect(root === '' || (root.startsWith('/') && !root.endsWith('/'))).toBe(true);
			expect(root).not.toMatch(/\/\/|\/\.\.(\/|$)/);
		}),
	);
});
