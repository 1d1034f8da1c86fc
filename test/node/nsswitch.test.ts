import fc from 'fast-check';
import { expect, test } from 'vitest';

import { readNsswitch } from '../../src/node/nsswitch.ts';

test.each([
	['hosts: files dns', undefined],
	['hosts: files resolve [!UNAVAIL=return] dns', 'nsswitch.conf names the source resolve'],
	['hosts: files [SUCCESS=continue] dns', 'nsswitch.conf has its own criteria for files'],
	['hosts: myhostname', 'nsswitch.conf names neither files nor dns'],
	['hosts files', 'nsswitch.conf cannot be parsed'],
])('%s: a runtime with libc leaves names to it because: %s', (text, why) => {
	expect(readNsswitch(text).libc).toBe(why);
});

test('any text is read without a throw, into one source or two', () => {
	const word = fc.constantFrom(
		'hosts',
		':',
		'files',
		'dns',
		' ',
		'\t',
		'\n',
		'[',
		']',
		'!',
		'a=b',
		'#',
		'mdns',
		'x'.repeat(300),
	);
	const text = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc.array(word).map((words) => words.join('')),
	);
	fc.assert(
		fc.property(text, (content) => {
			const { sources, libc = '' } = readNsswitch(content);
			expect([1, 2]).toContain(new Set(sources).size);
			expect(sources).toHaveLength(new Set(sources).size);
			expect(libc.length).toBeLessThan(120);
		}),
	);
});
