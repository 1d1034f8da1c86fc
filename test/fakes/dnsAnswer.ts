import { AUTHORITATIVE_ANSWER, RECURSION_AVAILABLE, RECURSION_DESIRED, TRUNCATED_RESPONSE, encode } from 'dns-packet';
import type { Answer, DecodedPacket, Question } from 'dns-packet';

/** Response codes, https://www.rfc-editor.org/rfc/rfc1035#section-4.1.1. */
const codes = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 } as const;

/** What a name server says about one name. */
export interface DnsAnswer {
	readonly A?: readonly string[];
	readonly AAAA?: readonly string[];
	/** The name that this one is an alias of; its own addresses are added where the server knows them. */
	readonly CNAME?: string;
	/** Default: `NOERROR`. */
	readonly rcode?: keyof typeof codes;
	readonly delayMs?: number;
	/** No answer, over UDP and TCP. */
	readonly silent?: true;
	/** UDP answers are empty and carry the TC bit; TCP answers are whole. */
	readonly truncate?: true;
	/** Sent in place of an answer. */
	readonly garbage?: Buffer;
	/** The answer's ID is not the query's. */
	readonly wrongId?: true;
	/** The answer repeats another question than the one that was asked. */
	readonly wrongQuestion?: true;
}

export type Transport = 'udp' | 'tcp';

function records(name: string, answer: DnsAnswer, type: string, find: (name: string) => DnsAnswer): Answer[] {
	const alias = answer.CNAME;
	if (alias !== undefined) {
		const chain: Answer = { name, type: 'CNAME', ttl: 1, data: alias };
		return alias === name ? [chain] : [chain, ...records(alias, find(alias), type, find)];
	}
	if (type !== 'A' && type !== 'AAAA') return [];
	return (answer[type] ?? []).map((data) => ({ name, type, ttl: 1, data }));
}

/** The bytes of the response. `find` looks up the targets of aliases. */
export function encodeAnswer(
	query: DecodedPacket,
	question: Question,
	answer: DnsAnswer,
	transport: Transport,
	find: (name: string) => DnsAnswer,
): Buffer {
	if (answer.garbage) return answer.garbage;
	const truncated = answer.truncate === true && transport === 'udp';
	const flags = AUTHORITATIVE_ANSWER | RECURSION_DESIRED | RECURSION_AVAILABLE | (truncated ? TRUNCATED_RESPONSE : 0);
	const id = query.id ?? 0;
	return encode({
		type: 'response',
		id: answer.wrongId === true ? id ^ 0x5555 : id,
		flags: flags | codes[answer.rcode ?? 'NOERROR'],
		questions: [answer.wrongQuestion === true ? { ...question, name: 'another.test' } : question],
		answers: truncated ? [] : records(question.name, answer, question.type, find),
	});
}
