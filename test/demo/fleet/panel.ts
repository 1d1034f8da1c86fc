import { howToSwitch, switchTable } from '../panel.ts';
import type { GrafanaStart } from './grafana.ts';
import type { FleetNode } from './nodes.ts';
import { times } from './rules.ts';
import type { Servers } from './servers.ts';
import { twins } from './watch.ts';
import type { Fleet } from './world.ts';

/** Where a person finds what the fleet has to show. */
export interface Addresses {
	/** `http://127.0.0.1:9090` */
	readonly prometheus: string;
	readonly grafana: GrafanaStart;
	/** There is a Grafana on this machine. */
	readonly hasGrafana: boolean;
	readonly control: string;
}

/** What is wrong, and the alerts that tell it. */
const told = [
	['worker-2 is cut off', 'RegistryProbeUnreachableFromNode, for both registries'],
	['worker-3: quota used up', 'RegistryProbeRateLimitExhausted; RegistryProbeUnreachableFromNode, for the hub'],
	['worker-3: dead mirror', 'RegistryProbeMirrorDead; pulls still work'],
	['worker-3: silent nameserver', 'RegistryProbeNameserverDead'],
] as const;

/** As much of a fleet as the text tells. */
export type Told = Pick<Fleet, 'faults'> & {
	readonly nodes: readonly Pick<FleetNode, 'name' | 'listen'>[];
	readonly servers: Pick<Servers, 'hosts'>;
};

/** The text that the demo opens with. `keys`: there is a keyboard. */
export function panel(
	{ nodes, faults, servers }: Told,
	{ prometheus, grafana, hasGrafana, control }: Addresses,
	keys: boolean,
): string {
	const [first, second] = twins;
	return [
		'',
		'A fleet on this machine: three agents on nodes of their own, and a Prometheus that scrapes them.',
		'worker-1 is well, worker-2 reaches nothing, worker-3 has used up its quota and has a dead mirror.',
		`${first} and ${second} have no agent: they tell what worker-1 tells, since two of three would be most nodes.`,
		'',
		...nodes.map(({ name, listen }) => `  ${name}    http://${listen}/`),
		`  prometheus  ${prometheus}/`,
		`  alerts      ${prometheus}/alerts`,
		...(hasGrafana ? [`  grafana     ${grafana.url}/`] : []),
		`  switches    ${control}/`,
		'',
		`The rules are those of manifests/monitoring, ${times} times as fast: each minute that they wait is a second here.`,
		'Within half a minute these alerts fire, and no others:',
		'',
		...told.map(([what, alerts]) => `  ${what.padEnd(28)} ${alerts}`),
		'',
		...switchTable(faults),
		'',
		...howToSwitch(faults, control, keys),
		'',
		...(hasGrafana ? [] : [...howToStart(grafana), '']),
		`The hub is ${servers.hosts.hub}. Ctrl-C ends all of it.`,
		'',
	].join('\n');
}

/** For a Grafana that PATH does not lead to. */
function howToStart({ environment }: GrafanaStart): readonly string[] {
	return [
		'No Grafana was found on this machine. One in another place has the Prometheus and the boards when it is started with',
		'',
		`  GF_PATHS_PROVISIONING=${environment['GF_PATHS_PROVISIONING']} grafana server`,
	];
}
