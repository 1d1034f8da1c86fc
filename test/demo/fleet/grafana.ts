import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { closedPort } from '../../fakes/misbehaving.ts';
import { componentPath, findComponent } from '../../real/component.ts';
import type { Directory } from '../../real/directory.ts';
import { Program } from '../../real/running.ts';
import { writeProvisioning } from './provisioning.ts';

/** Its first start makes a database. */
const patience = 90;

const fleetBoard = join(import.meta.dirname, '../../../grafana/fleet.json');

/** What Grafana is told by its environment (https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/). */
export interface GrafanaStart {
	readonly port: number;
	readonly url: string;
	readonly environment: Readonly<Record<string, string>>;
}

/** Everything for a Grafana that shows this Prometheus and the boards to who asks on this machine, and to nobody else. */
export async function prepareGrafana(directory: Directory, prometheus: string): Promise<GrafanaStart> {
	const port = await closedPort();
	const environment = {
		GF_PATHS_PROVISIONING: writeProvisioning(directory, prometheus),
		GF_PATHS_DATA: directory.at('grafana-data'),
		GF_PATHS_LOGS: directory.at('grafana-data/log'),
		GF_PATHS_PLUGINS: directory.at('grafana-data/plugins'),
		GF_SERVER_HTTP_ADDR: '127.0.0.1',
		GF_SERVER_HTTP_PORT: String(port),
		GF_AUTH_ANONYMOUS_ENABLED: 'true',
		GF_AUTH_ANONYMOUS_ORG_ROLE: 'Viewer',
		// The well-known password of an administrator would do for everybody on this machine.
		GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION: 'true',
		GF_AUTH_DISABLE_LOGIN_FORM: 'true',
		// Nothing is asked of the internet.
		GF_ANALYTICS_REPORTING_ENABLED: 'false',
		GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
		GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false',
		GF_NEWS_NEWS_FEED_ENABLED: 'false',
		GF_PLUGINS_PREINSTALL_DISABLED: 'true',
		GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH: fleetBoard,
		GF_LOG_MODE: 'console',
		GF_LOG_LEVEL: 'warn',
	};
	return { port, url: `http://127.0.0.1:${port}`, environment };
}

/** The command that starts a Grafana: `grafana server`, in old versions `grafana-server`; undefined where there is none. */
export function findGrafana(): 'grafana' | 'grafana-server' | undefined {
	return (['grafana', 'grafana-server'] as const).find((name) => findComponent(name) !== undefined);
}

/** A Grafana that is yet to be started: it keeps its data in the directory, and reads nothing of one that is there already. */
export function makeGrafana(
	name: 'grafana' | 'grafana-server',
	directory: Directory,
	{ port, environment }: GrafanaStart,
): Program {
	const home = homeOf(realpathSync(componentPath(name)));
	const args = [
		...(name === 'grafana' ? ['server'] : []),
		...(home === undefined ? [] : ['--homepath', home]),
		'--config',
		directory.write('grafana.ini', ''),
	];
	return new Program({ name, port, args, environment, patience });
}

/** Where its defaults and pages are: beside the program in an archive, in packages of distributions and Homebrew below share. */
function homeOf(program: string): string | undefined {
	const above = dirname(dirname(program));
	const homes = [above, join(above, 'share/grafana'), '/usr/share/grafana'];
	return homes.find((home) => existsSync(join(home, 'conf/defaults.ini')));
}
