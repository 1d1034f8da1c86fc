import type { Facts } from '../../probe/observation.ts';
import { numberOf, rowsOf, textOf } from './facts.ts';

/** What one nameserver of the node did with one name, both families together. */
export interface NameserverAnswer {
	/** As in the label `nameserver`. */
	readonly server: string;
	/** `answers`: both families; `partly`: one of them; `silent`: no answer came; `fails`: answers, but not with addresses. */
	readonly state: 'answers' | 'partly' | 'silent' | 'fails';
	/** The slower of its answers. */
	readonly seconds?: number;
	/** Why, where it did not answer. */
	readonly reason?: string;
}

const silence: ReadonlySet<string | undefined> = new Set(['dns_timeout', 'dns_unreachable', undefined]);

/** Reads the facts of a dns record; in the order of resolv.conf. */
export function nameserversIn(facts: Facts | undefined): readonly NameserverAnswer[] {
	const rows = rowsOf(facts, 'nameservers');
	const byServer = Map.groupBy(rows, (row) => textOf(row, 'server') ?? '');
	return [...byServer].filter(([server]) => server !== '').map(([server, answers]) => summary(server, answers));
}

function summary(server: string, answers: readonly Facts[]): NameserverAnswer {
	const times = answers.flatMap((answer) => numberOf(answer, 'seconds') ?? []);
	const failed = answers.filter((answer) => answer['success'] !== true);
	const reason = failed.map((answer) => textOf(answer, 'reason')).find((said) => said !== undefined);
	return {
		server,
		state: stateOf(answers.length, failed.length, reason),
		...(times.length > 0 && { seconds: Math.max(...times) }),
		...(reason !== undefined && { reason }),
	};
}

function stateOf(asked: number, failed: number, reason: string | undefined): NameserverAnswer['state'] {
	if (failed === 0) return 'answers';
	if (failed < asked) return 'partly';
	return silence.has(reason) ? 'silent' : 'fails';
}
