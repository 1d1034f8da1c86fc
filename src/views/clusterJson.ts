import type { Fleet, SilentAgent } from '../verdict/fleet/fleet.ts';
import type { FleetVerdict } from '../verdict/fleet/fleetVerdicts.ts';
import type { NodeReport } from '../verdict/fleet/nodeReport.ts';

/** What `cluster --output json` prints, described by docs/cluster.schema.json. */
export interface ClusterDocument {
	readonly version: 1;
	/** RFC 3339, in UTC. */
	readonly askedAt: string;
	readonly source: Fleet['source'];
	readonly nodes: readonly NodeReport[];
	readonly verdicts: readonly FleetVerdict[];
	readonly silent: readonly SilentAgent[];
	readonly unwatched: readonly string[];
	readonly gaps: readonly string[];
}

/** What was found out, for programs. */
export function clusterDocument({
	askedAt,
	source,
	reports,
	verdicts,
	silent,
	unwatched,
	gaps,
}: Fleet): ClusterDocument {
	return {
		version: 1,
		askedAt: new Date(askedAt).toISOString(),
		source,
		nodes: reports,
		verdicts,
		silent,
		unwatched,
		gaps,
	};
}
