import { afterAll, expect, test } from 'vitest';

import { attempt } from './engine/attempt.ts';
import { removeRoots } from './nodeRoot.ts';
import { targetNamed } from './targets.ts';

afterAll(removeRoots);

const many = (piece: string, bytes: number) => piece.repeat(Math.ceil(bytes / piece.length));
const auth = (zeros: number) => Buffer.from(`u:p${'\0'.repeat(zeros)}!`).toString('base64');
const keys = (count: number) => Array.from({ length: count }, (_, at) => `a${at}: 1`).join('\n');

/** Inputs whose time once grew with the square of their length, or worse, and how they are made. */
test.each<[what: string, target: string, input: string]>([
	['zero bytes in a password', 'dockerConfig', JSON.stringify({ auths: { a: { auth: auth(500_000) } } })],
	['dots in what a person names', 'imageName', `${many('.', 65_000)}://`],
	['blanks in NO_PROXY', 'proxyUrl', `http://a\n!${many(' ', 60_000)}!`],
	['blanks in nsswitch.conf', 'resolverFiles', `hosts: files${many(' ', 60_000)}dns`],
	['sources in nsswitch.conf', 'resolverFiles', `hosts: ${many('x ', 60_000)}`],
	['blanks in a unit', 'unitFiles', `[Service]\nA=b${many(' ', 900_000)}c`],
	['backslashes in a unit', 'unitFiles', `[Service]\nA=b${many('\\', 900_000)}c`],
	['continued lines of a unit', 'unitFiles', `[Service]\nA=b${many('\\\n', 900_000)}c`],
	['parts of a path in a unit', 'unitFiles', `[Service]\nEnvironmentFile=${many('/-', 60_000)}/*`],
	['parts of a path in containerd imports', 'containerdConfig', `imports = ["${many('/-', 60_000)}/*.toml"]`],
	['keys of a map in YAML', 'credentialProviders', keys(25_000)],
	['aliases of the configuration', 'configuration', `a: &a x\nb:\n${many('- *a\n', 64_000)}`],
	['colons in a value of the configuration', 'configuration', `${many(':', 60_000)}!`],
	['schemes in a value of the configuration', 'configuration', many('https://r.example', 60_000)],
	['optional characters of a rewrite', 'rewrite', `${many('a?', 100)}${many('a', 50)}\nb`],
	['choices of a rewrite', 'rewrite', `${many('(a|a)', 150)}x\nb`],
])('%s take no time', async (_what, name, text) => {
	const { finding, took } = await attempt(await targetNamed(name), Buffer.from(text));
	expect(finding?.what).toBeUndefined();
	expect(took).toBeLessThan(1500);
});
