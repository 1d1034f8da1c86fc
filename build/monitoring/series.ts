/** Names of recorded series and pieces of PromQL that several rules share. */

/**
 * The agents on the network of their node, as they are scraped: the job is called `registry-probe`, or
 * `NAMESPACE/registry-probe` by the Prometheus Operator. Agents on the network of pods judge no node.
 */
export const scraped = 'up{job=~"(.+/)?registry-probe", namespace!~".+-pods"}';

/** 1 for each node whose agent can be relied on to judge it. */
export const settled = 'node:registry_probe_agent_settled:bool';
/** 1 for each node, with its zone. */
export const zoneOf = 'node:registry_probe_zone:info';
/** 1 for each node, with the identity that it goes out by. */
export const sourceOf = 'node:registry_probe_egress:info';

/** For each settled node and registry whether pulls fail: 1 or 0; with zone and source. */
export const failing = 'node_registry:registry_probe_pull_failing:bool';
/** 1 for each node and registry that fails, with what it is: `scope`. */
export const scope = 'node_registry:registry_probe_pull_failing:scope';

/** The series of how many nodes fail at a level: `registry`, `zone_registry` or `source_registry`. */
export function share(level: string): { readonly sum: string; readonly count: string; readonly ratio: string } {
	const name = `${level}:registry_probe_pull_failing`;
	return { sum: `${name}:sum`, count: `${name}:count`, ratio: `${name}:ratio` };
}

/** 1 for each zone or source that fails as a whole while the rest does not. */
export function apart(level: string): string {
	return `${level}:registry_probe_pull_failing:apart`;
}

/** Nodes that neither a zone nor a source explains: how many, how many of them fail, and how many have failed for a while. */
export const rest = {
	sum: 'registry:registry_probe_pull_failing_rest:sum',
	lasting: 'registry:registry_probe_pull_failing_rest:lasting_sum',
	count: 'registry:registry_probe_pull_failing_rest:count',
};

/** Scrapes that may be missed without a verdict being lost: as long as this. */
export const bridged = '3m';

/** What counts for pages: of the hosts that are probed those that somebody configured, or that are probed by default. */
export const wanted = 'registry_probe_target_info{network="host", origin!="discovered"}';

/** The mirrors among them. */
export const wantedMirror = 'registry_probe_target_info{network="host", origin!="discovered", via="mirror"}';

/** Nodes that Kubernetes says are not ready, where kube-state-metrics is there. */
export const notReady = 'max by (cluster, node) (kube_node_status_condition{condition="Ready", status="true"}) == 0';
