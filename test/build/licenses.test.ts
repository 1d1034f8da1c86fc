import { afterAll, expect, test } from 'vitest';
import { licensesOf } from '../../build/licenses.ts';
import { Directory } from '../real/directory.ts';

const directory = new Directory();
afterAll(() => directory[Symbol.dispose]());

/** A package with this license, and with a file of this name for its text. */
function made(name: string, license?: string, file?: string): string {
	const at = `node_modules/${name}`;
	directory.write(`${at}/package.json`, JSON.stringify({ name, version: '1.0.0', license }));
	if (file !== undefined) directory.write(`${at}/${file}`, `the text of ${name}\n`);
	return at;
}

const licenses = (...packages: readonly string[]) => licensesOf(directory.path, packages, '');

test('the text of each license comes along, what it asks to be told too', () => {
	const both = made('both', 'Apache-2.0', 'LICENSE');
	directory.write(`${both}/NOTICE.txt`, 'a notice\n');
	expect(licenses(both, made('other', 'MIT', 'license.md'))).toMatch(
		/^both 1\.0\.0 \(Apache-2\.0\)\n\nthe text of both\n\na notice\n\n-+\n\nother 1\.0\.0 \(MIT\)\n\nthe text of other\n$/,
	);
});

test('a license that asks for nothing needs no text', () => {
	expect(licenses(made('free', 'Unlicense'))).toBe('free 1.0.0 (Unlicense)\n');
});

test.each(['GPL-3.0-only', 'MPL-2.0', 'UNLICENSED', 'MIT OR GPL-3.0-only'])('%s is not taken', (license) => {
	expect(() => licenses(made('strange', license, 'LICENSE'))).toThrow(`strange 1.0.0: ${license} is not among`);
});

test('a package that names no license is not taken', () => {
	expect(() => licenses(made('silent', undefined, 'LICENSE'))).toThrow('silent 1.0.0: no license named');
});

test('a license whose text is missing is not taken', () => {
	expect(() => licenses(made('bare', 'MIT'))).toThrow('bare 1.0.0: the text of MIT is missing');
});
