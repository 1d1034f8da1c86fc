import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The real programs that suites are run against and demos start, as Debian and their makers name them. */
export type ComponentName =
	| 'docker-registry'
	| 'skopeo'
	| 'dnsmasq'
	| 'nginx'
	| 'squid'
	| 'basic_ncsa_auth'
	| 'htpasswd'
	| 'prometheus'
	| 'grafana'
	| 'grafana-server'
	| 'prometheus-alertmanager'
	| 'amtool';

/** What installs them, for people. */
export const remedy = 'npm run test:tools';

/** Servers stand where a user's PATH does not lead, squid's own programs (Debian, Fedora) where no PATH does. */
const besidePath = ['/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/lib/squid', '/usr/lib64/squid'];

/** The path of a program; undefined when it is not installed. */
export function findComponent(name: ComponentName): string | undefined {
	const directories = [...(process.env['PATH'] ?? '').split(delimiter), ...besidePath];
	return directories.map((directory) => join(directory, name)).find((path) => existsSync(path));
}

/** The path of a program. Throws when it is not installed: suites name what they need, so that this is not met. */
export function componentPath(name: ComponentName): string {
	const path = findComponent(name);
	if (path === undefined) throw new Error(`${name} is missing: ${remedy}`);
	return path;
}
