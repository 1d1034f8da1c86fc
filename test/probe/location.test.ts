import fc from 'fast-check';
import { expect, test } from 'vitest';

import { destinationOf } from '../../src/probe/http/location.ts';
import { ProbeFailure } from '../../src/probe/stage.ts';

/** A redirect with this Location, whose characters are bytes, as undici gives them. */
function destination(location: string): URL {
	return destinationOf({ status: 307, header: () => location }, 'https://registry.test/v2/team/app/manifests/1');
}

test.each([
	['https://cdn.test/x', 'https://cdn.test/x'],
	['https://münchen.test/x', 'https://xn--mnchen-3ya.test/x'],
	['https://cdn.test/größe?n=ü', 'https://cdn.test/gr%C3%B6%C3%9Fe?n=%C3%BC'],
	['//cdn.test/x', 'https://cdn.test/x'],
	['https://user:word@cdn.test/x#there', 'https://cdn.test/x'],
	['2', 'https://registry.test/v2/team/app/manifests/2'],
])('%s', (location, url) => {
	expect(destination(Buffer.from(location).toString('latin1')).href).toBe(url);
});

test('a name in another encoding than UTF-8 is no name', () => {
	expect(() => destination('https://m\u00fcnchen.test/')).toThrow('not a URL');
});

test('any bytes lead somewhere or are refused', () => {
	const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array).toString('latin1'));
	const told = (location: string) => {
		try {
			return destination(location);
		} catch (error) {
			return error;
		}
	};
	fc.assert(
		fc.property(bytes, (location) => {
			const outcome = told(location);
			expect(outcome instanceof URL || outcome instanceof ProbeFailure).toBe(true);
		}),
	);
});
