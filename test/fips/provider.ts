import { execFileSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

import type { Directory } from '../real/directory.ts';

/** Where a distribution puts the FIPS provider of OpenSSL, and where test/tools.sh puts it. */
const places = ['/usr/lib/*/ossl-modules/fips.so', '/usr/lib64/ossl-modules/fips.so'];

/** The provider's file; undefined where there is none. */
export const provider: string | undefined = [
	...places.flatMap((place) => globSync(place)),
	join(homedir(), '.cache/registry-probe/fips/fips.so'),
].find((path) => existsSync(path));

/** How Node is started so that it computes with nothing but the provider. */
export interface Start {
	readonly flags: readonly string[];
	readonly environment: Readonly<Record<string, string>>;
}

/**
 * Tests the provider and writes the configuration that loads it, as OpenSSL says
 * (https://docs.openssl.org/master/man7/fips_module/). Algorithms of other providers are not to be had then.
 */
export function startWith(module: string, directory: Directory): Start {
	const settings = directory.at('fipsmodule.cnf');
	execFileSync('openssl', ['fipsinstall', '-quiet', '-module', module, '-out', settings]);
	const configuration = directory.write(
		'openssl.cnf',
		`nodejs_conf = start
.include ${settings}
[start]
providers = providers
alg_section = algorithms
[providers]
fips = fips_sect
base = base_sect
[base_sect]
activate = 1
[algorithms]
default_properties = fips=yes
`,
	);
	return {
		flags: ['--force-fips'],
		environment: { OPENSSL_CONF: configuration, OPENSSL_MODULES: dirname(module) },
	};
}
