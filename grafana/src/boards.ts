import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { agent } from './dashboards/agent.ts';
import { fleet } from './dashboards/fleet.ts';
import { node } from './dashboards/node.ts';
import { rateLimits } from './dashboards/rateLimits.ts';
import { registry } from './dashboards/registry.ts';

/** All boards by the names of their files in `grafana/`. */
export const boards: Readonly<Record<string, () => Dashboard>> = {
	'fleet.json': fleet,
	'node.json': node,
	'registry.json': registry,
	'rate-limits.json': rateLimits,
	'agent.json': agent,
};

/** A board as its file holds it. */
export function textOf(dashboard: Dashboard): string {
	return `${JSON.stringify(dashboard, undefined, '\t')}\n`;
}
