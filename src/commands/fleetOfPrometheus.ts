import { askPrometheus } from '../cluster/remote/prometheus.ts';
import type { Fleet } from '../verdict/fleet/fleet.ts';
import { fleetVerdicts } from '../verdict/fleet/fleetVerdicts.ts';
import { fleetSeries, readSeries } from '../verdict/fleet/readSeries.ts';
import { concealing } from './concealing.ts';
import type { Run } from './remoteRun.ts';

/** What a Prometheus knows of all agents, by one query. Throws `ApiFailure`. */
export async function fleetOfPrometheus(url: URL, { signal, tell }: Run): Promise<Fleet> {
	tell('asking Prometheus');
	const askedAt = Date.now();
	const { samples, warnings } = await askPrometheus(url, fleetSeries, { signal, concealing });
	const reports = readSeries(samples);
	return {
		askedAt,
		source: 'prometheus',
		reports,
		verdicts: fleetVerdicts(reports),
		// An agent that Prometheus cannot scrape has no series: who is missing is not to be known here.
		silent: [],
		unwatched: [],
		gaps: [...warnings, 'Agents that this Prometheus does not reach are not in its answer.'],
	};
}
