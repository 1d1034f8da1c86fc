/** The name of every real agent's node: see `configurationText`. */
const realNode = 'bench-node';

/** What differs between the nodes of a fleet. */
export interface Identity {
	readonly node: string;
	readonly zone: string;
	/** The identity that the first registry counts it by. */
	readonly source: string;
}

/** What is wrong on one node. */
export interface Injected {
	/** Names of the registries that cannot be pulled from. */
	readonly failing: ReadonlySet<string>;
	/** Pulls that are left for the node's source. */
	readonly remaining: number;
}

/** Pulls that a source has, and the length of its window in seconds. */
export const quota = { limit: 5000, window: 21_600 };

const dayInSeconds = 86_400;

/** What a node of the fleet answers to a scrape: a real agent's text under another name, grown up, with faults. */
export function answerOf(text: string, identity: Identity, { failing, remaining }: Injected): string {
	const { node, zone, source } = identity;
	const named = text.replaceAll(`node="${realNode}"`, `node="${node}"`).replace('zone=""', `zone="${zone}"`);
	const aged = named.replace(/^(process_start_time_seconds\{[^}]*\}) (\d+)$/m, (_, series: string, at: string) => {
		return `${series} ${Number(at) - dayInSeconds}`;
	});
	const broken = failing.size === 0 ? aged : withFailures(aged, node, failing);
	return broken + ownLines(node, source, remaining);
}

function withFailures(text: string, node: string, failing: ReadonlySet<string>): string {
	const verdicts = /^(registry_probe_(?:pull_)?success\{[^}]*registry="([^"]+)"[^}]*\}) 1$/gm;
	const failed = text.replace(verdicts, (line: string, series: string, registry: string) =>
		failing.has(registry) ? `${series} 0` : line,
	);
	const why = [...failing].map(
		(registry) =>
			`registry_probe_stage_failure{node="${node}",network="host",registry="${registry}",host="${registry}",role="registry",stage="tcp",reason="tcp_timeout"} 1\n`,
	);
	return failed + why.join('');
}

function ownLines(node: string, source: string, remaining: number): string {
	const own = `node="${node}",network="host"`;
	const counted = `${own},registry="r1",host="quota.bench.test",source="${source}"`;
	return [
		`registry_probe_node_created_timestamp_seconds{${own}} ${Math.floor(Date.now() / 1000) - dayInSeconds}`,
		`registry_probe_egress_info{${own},registry="r1",source="${source}"} 1`,
		`registry_probe_ratelimit_limit{${counted}} ${quota.limit}`,
		`registry_probe_ratelimit_remaining{${counted}} ${Math.floor(remaining)}`,
		`registry_probe_ratelimit_window_seconds{${counted}} ${quota.window}`,
		'',
	].join('\n');
}
