import { randomInt } from 'node:crypto';
import { isIP } from 'node:net';

import packet, { type Answer, type DecodedPacket } from 'dns-packet';

import type { Reason } from '../../reasons/reason.ts';

export type Family = 'ipv4' | 'ipv6';

/** What one nameserver says to one question. `final`: Go's resolver asks no other server after it. */
export type Reply =
	| { readonly outcome: 'answer'; readonly addresses: readonly string[] }
	| { readonly outcome: 'failure'; readonly reason: Reason; readonly final: boolean; readonly detail: string };

/** The size that Go announces by EDNS0 (https://go.dev/src/net/dnsclient_unix.go, maxDNSPacketSize). */
const udpPayloadSize = 1232;
const types = { ipv4: 'A', ipv6: 'AAAA' } as const;

export interface Question {
	readonly id: number;
	/** Without the dot at the end. */
	readonly name: string;
	readonly family: Family;
	/** Whether the nameserver is asked to say that it has validated the answer (RFC 6840, 5.7). */
	readonly trustAd?: boolean;
}

export function newQuestion(name: string, family: Family, trustAd = false): Question {
	return { id: randomInt(65_536), name: name.replace(/\.$/, ''), family, trustAd };
}

/** The query as Go sends it: recursion desired, one question, EDNS0. Throws when the name is not one that DNS can carry. */
export function encodeQuestion({ id, name, family, trustAd = false }: Question): Buffer {
	return packet.encode({
		type: 'query',
		id,
		flags: packet.RECURSION_DESIRED | (trustAd ? packet.AUTHENTIC_DATA : 0),
		questions: [{ type: types[family], name, class: 'IN' }],
		additionals: [
			{ type: 'OPT', name: '.', udpPayloadSize, flags: 0, options: [], ednsVersion: 0, extendedRcode: 0 } as never,
		],
	});
}

/** What a datagram is to the one who waits for an answer. */
export type Reading =
	| { readonly is: 'reply'; readonly reply: Reply }
	| { readonly is: 'truncated' }
	/** Belongs to another question: ignored until the time is up, as Go does. */
	| { readonly is: 'foreign' }
	/** Cannot be read at all. */
	| { readonly is: 'garbage' };

/** Reads the answer to `question`. Over TCP what is truncated counts as it stands. Never throws. */
export function readAnswer(message: Buffer, question: Question, transport: 'udp' | 'tcp' = 'udp'): Reading {
	if (message.length < 12) return { is: 'garbage' };
	const mine = message.readUInt16BE(0) === question.id && (message.readUInt16BE(2) & 0x80_00) !== 0;
	let decoded: DecodedPacket;
	try {
		decoded = packet.decode(message);
	} catch {
		if (!mine) return { is: 'garbage' };
		return (message.readUInt16BE(2) & 0x02_00) !== 0 ? { is: 'truncated' } : { is: 'reply', reply: malformed };
	}
	if (!mine || !asksThe(decoded, question)) return { is: 'foreign' };
	if (decoded.questions?.length !== 1) return { is: 'reply', reply: malformed };
	if (decoded.flag_tc && transport === 'udp') return { is: 'truncated' };
	return { is: 'reply', reply: judge(decoded, question.family) };
}

const malformed: Reply = {
	outcome: 'failure',
	reason: 'dns_malformed',
	final: false,
	detail: 'the answer cannot be read',
};

function asksThe({ questions }: DecodedPacket, { name, family }: Question): boolean {
	const [asked] = questions ?? [];
	const same = asked?.name.toLowerCase() === name.toLowerCase();
	return same && asked?.type === types[family] && asked.class === 'IN';
}

function judge(decoded: DecodedPacket, family: Family): Reply {
	const rcode = rcodeOf(decoded);
	if (rcode === 'NXDOMAIN') return failed('dns_name_not_found', 'NXDOMAIN', true);
	if (rcode === 'REFUSED') return failed('dns_refused', 'REFUSED', false);
	if (rcode !== 'NOERROR') return failed('dns_server_failure', rcode, false);
	const answers: readonly Answer[] = decoded.answers ?? [];
	const addresses = answers.flatMap((answer) => {
		return answer.type === types[family] && typeof answer.data === 'string' ? [answer.data] : [];
	});
	// A record of another length is decoded to what is no address.
	if (!addresses.every((address) => isIP(address) !== 0)) return malformed;
	if (addresses.some((address) => isIP(address) === 0)) return malformed;
	if (addresses.length > 0) return { outcome: 'answer', addresses };
	// No data, no recursion and no sign of EDNS: the server was not the one to ask.
	const lame = !decoded.flag_aa && !decoded.flag_ra && answers.length === 0 && !decoded.additionals?.length;
	if (lame) return failed('dns_server_failure', 'lame referral', false);
	return failed('dns_no_address', `no ${types[family]} record`, true);
}

/** The response code, which EDNS may extend (RFC 6891, 6.1.3); dns-packet's types know neither part of it. */
function rcodeOf(decoded: DecodedPacket): string {
	const rcode = 'rcode' in decoded ? String(decoded.rcode) : 'NOERROR';
	const option = decoded.additionals?.find(({ type }) => type === 'OPT');
	const extended = option && 'extendedRcode' in option ? Number(option.extendedRcode) : 0;
	return extended === 0 ? rcode : `extended code ${extended} with ${rcode}`;
}

function failed(reason: Reason, detail: string, final: boolean): Reply {
	return { outcome: 'failure', reason, detail, final };
}
