import { execFileSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

import { read } from '../docs/markdown.ts';
import type { Directory } from '../real/directory.ts';

/** Where a distribution puts the FIPS provider of OpenSSL, and where test/tools.sh puts it. */
const places = ['/usr/lib/*/ossl-modules/fips.so', '/usr/lib64/ossl-modules/fips.so'];

/** The provider's file; undefined where there is none. */
export const provider: string | undefined = [
	...places.flatMap((place) => globSync(place)),
	join(homedir(), '.cache/registry-probe/fips/fips.so'),
].find((path) => existsSync(path));

/** The configuration that docs/platforms.md shows, with its files in `directory` in place of /fips. */
function configurationIn(directory: string): string {
	const [, text] = /^```ini\n(.*?)^```$/ms.exec(read('docs/platforms.md')) ?? [];
	if (text === undefined) throw new Error('docs/platforms.md shows no configuration');
	return text.replaceAll('/fips/', `${directory}/`);
}

/**
 * Tests the provider and writes the configuration that loads it (https://docs.openssl.org/master/man7/fips_module/). Gives
 * the environment in which Node computes with it alone: algorithms of other providers are not to be had.
 */
export function environmentWith(module: string, directory: Directory): Readonly<Record<string, string>> {
	execFileSync('openssl', ['fipsinstall', '-quiet', '-module', module, '-out', directory.at('fipsmodule.cnf')]);
	return {
		NODE_OPTIONS: '--force-fips',
		OPENSSL_CONF: directory.write('openssl.cnf', configurationIn(directory.path)),
		OPENSSL_MODULES: dirname(module),
	};
}
