import type { StageRecord } from '../probe/observation.ts';
import { nameserver } from './manner.ts';

interface Fact {
	readonly server: string;
	readonly family: string;
	readonly success: boolean;
	readonly reason?: string;
}

/** What each nameserver said, in the node's order. */
function factsOf({ facts }: StageRecord): readonly Fact[] {
	const found = facts?.['nameservers'];
	return Array.isArray(found) ? (found as readonly Fact[]) : [];
}

const silent = ({ success, reason }: Fact) => !success && reason === 'dns_timeout';

/**
 * Seconds that one look-up loses to nameservers that stay silent before one answers; both families are asked at the
 * same time. When none answers, all are asked again.
 */
export function nameserverSeconds(record: StageRecord): number {
	const servers = [...Map.groupBy(factsOf(record), ({ server }) => server).values()];
	const answers = servers.findIndex((facts) => facts.some((fact) => !silent(fact)));
	if (answers < 0) return servers.length * nameserver.seconds * nameserver.tries;
	return answers * nameserver.seconds;
}

/** Seconds that one look-up loses to questions for one family that nobody answers while the other one is answered. */
export function familySeconds(record: StageRecord): number {
	const facts = factsOf(record);
	const dropped = [...Map.groupBy(facts, ({ family }) => family).values()].some((asked) => asked.every(silent));
	const answered = facts.some(({ success }) => success);
	if (!dropped || !answered) return 0;
	const servers = new Set(facts.map(({ server }) => server)).size;
	// What dead servers cost is told apart.
	return servers * nameserver.seconds * nameserver.tries - nameserverSeconds(record);
}
