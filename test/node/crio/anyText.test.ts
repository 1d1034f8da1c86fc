import fc from 'fast-check';
import { expect, test } from 'vitest';

import { readCrio } from '../../../src/node/crio/readCrio.ts';
import { type RegistriesFile, readRegistriesFile } from '../../../src/node/crio/registriesFile.ts';
import { InvalidSetting } from '../../../src/node/crio/settings.ts';
import { InvalidToml } from '../../../src/node/toml.ts';
import { makeNode } from '../../fakes/node.ts';
import { anyRegistriesConf } from './anyText.ts';

/** A file as it is read, or the line with which it is refused. */
function read(text: string, dropIn: boolean): RegistriesFile | number {
	try {
		return readRegistriesFile(text, '/r.conf', dropIn);
	} catch (error) {
		if (error instanceof InvalidToml || error instanceof InvalidSetting) return error.line;
		throw error;
	}
}

test('any text is a registries.conf in which each prefix stands once, or is refused with a line', () => {
	let files = 0;
	fc.assert(
		fc.property(anyRegistriesConf, fc.boolean(), (text, dropIn) => {
			const outcome = read(text, dropIn);
			if (typeof outcome === 'number') return outcome > 0;
			files += 1;
			return new Set(outcome.registries.map(({ prefix }) => prefix)).size === outcome.registries.length;
		}),
		{ numRuns: 1000 },
	);
	expect(files).toBeGreaterThan(50);
});

test('any files of a node are facts and faults, without a control character in any of these', async () => {
	await using node = await makeNode();
	await fc.assert(
		fc.asyncProperty(anyRegistriesConf, async (text) => {
			for (const file of [
				'etc/containers/registries.conf',
				'etc/containers/registries.conf.d/a.conf',
				'etc/crio/crio.conf',
				'etc/containers/certs.d/a.example/a.crt',
				'etc/containers/certs.d/a.example/b.cert',
				'etc/containers/certs.d/a.example/b.key',
				'var/cache/containers/short-name-aliases.conf',
			]) {
				await node.write(file, text);
			}
			const { faults, registries } = readCrio(node.root);
			expect(faults.length).toBeGreaterThan(0);
			const texts = [...faults.map(({ detail }) => detail), registries.unusable?.value ?? ''];
			expect(texts.join('')).not.toMatch(/\p{Cc}/u);
		}),
		{ numRuns: 60 },
	);
});

test('a file of three thousand entries is refused without taking long', () => {
	const text = '[[registry]]\nlocation = "a.example"\n'.repeat(3000);
	expect(() => readRegistriesFile(text, '/r.conf', false)).toThrow(InvalidSetting);
});
