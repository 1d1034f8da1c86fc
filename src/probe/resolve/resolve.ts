import type { Vantage } from '../../plan/vantage.ts';
import { hostsKey } from '../../registry/domainName.ts';
import type { Deadline } from '../deadline.ts';
import { ProbeFailure } from '../stage.ts';
import type { Reply } from './message.ts';
import { namesToAsk } from './names.ts';
import { Panel, type NameserverFact } from './panel.ts';

/** What is known of a name after it was resolved. `nameservers` grows until the attempt has settled. */
export interface ResolveFacts extends Record<string, unknown> {
	readonly name: string;
	source: 'hosts' | 'dns';
	addresses: readonly string[];
	nameservers: readonly NameserverFact[];
}

export interface Resolving {
	readonly name: string;
	readonly vantage: Vantage;
	readonly time: Deadline;
	readonly signal: AbortSignal;
	/** Takes what still goes on when the verdict is known. */
	readonly settle: (work: Promise<unknown>) => void;
}

/** Of each family; a hostile answer may hold hundreds, no pull would try them all. */
const maximumAddresses = 32;

/**
 * Resolves a name as Go's resolver would on this node: /etc/hosts and DNS in the order of nsswitch.conf; in DNS the names
 * of the search list, each asked of every nameserver. Throws `ProbeFailure` with a `dns_*` reason. Not for IP literals.
 */
export async function resolve(resolving: Resolving): Promise<ResolveFacts> {
	const { name, vantage } = resolving;
	const { sources } = vantage.lookup;
	const listed = sources.includes('files') ? vantage.hosts.get(hostsKey(name)) : undefined;
	const facts: ResolveFacts = { name, source: listed ? 'hosts' : 'dns', addresses: listed ?? [], nameservers: [] };
	if (listed && sources[0] === 'files') return facts;
	if (!sources.includes('dns')) {
		const detail = `${name.slice(0, 80)} is not in /etc/hosts, and nsswitch.conf names no other source`;
		throw new ProbeFailure('dns_name_not_found', detail, facts);
	}
	const found = await askDns(resolving, facts);
	if (found instanceof ProbeFailure && !listed) throw found;
	if (found instanceof ProbeFailure) return facts;
	facts.source = 'dns';
	facts.addresses = found;
	return facts;
}

/** The addresses that DNS has for a name, or why it has none; what the nameservers say becomes part of the facts. */
async function askDns(
	{ name, vantage, time, signal, settle }: Resolving,
	facts: ResolveFacts,
): Promise<readonly string[] | ProbeFailure> {
	const failures: Panelled[] = [];
	const names = namesToAsk(name, vantage.resolver);
	for (const full of names) {
		const panel = new Panel(full, vantage.resolver, time.remaining(), signal);
		const [a, aaaa] = await panel.verdicts(time.remaining());
		const addresses = [a, aaaa].flatMap((reply) =>
			reply?.outcome === 'answer' ? reply.addresses.slice(0, maximumAddresses) : [],
		);
		if (addresses.length > 0 || failures.length === 0) watch(panel, facts, settle);
		if (addresses.length > 0) return addresses;
		// That one family has no record says little when the other could not be asked.
		failures.push({ full, reply: isEmpty(a) ? aaaa : a });
		if (time.remaining() === 0) break;
	}
	// When the time was up before, the name as it was written has timed out.
	const missed = names.slice(failures.length).map((full) => ({ full, reply: undefined }));
	return verdictOf(name, [...failures, ...missed], facts);
}

interface Panelled {
	readonly full: string;
	readonly reply: Reply | undefined;
}

const isEmpty = (reply: Reply | undefined) => reply?.outcome === 'failure' && reply.reason === 'dns_no_address';

function watch(panel: Panel, facts: ResolveFacts, settle: Resolving['settle']): void {
	facts.nameservers = panel.facts();
	settle(
		panel.finished().then(() => {
			facts.nameservers = panel.facts();
		}),
	);
}

/** The error of the name as it was written counts, else the first one (Go's rule). */
function verdictOf(name: string, failures: readonly Panelled[], facts: ResolveFacts): ProbeFailure {
	const said = failures.find(({ full }) => full === name.replace(/\.$/, '')) ?? failures[0];
	if (!said)
		return new ProbeFailure('dns_name_not_found', `${name.slice(0, 80)} is not a name that DNS is asked for`, facts);
	const servers = [...new Set(facts.nameservers.map(({ server }) => server))].join(', ');
	const { reply } = said;
	if (reply?.outcome !== 'failure') return new ProbeFailure('dns_timeout', `no answer from ${servers}`, facts);
	return new ProbeFailure(reply.reason, `${reply.detail} from ${servers}`, facts);
}
