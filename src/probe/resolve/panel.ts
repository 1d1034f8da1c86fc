import type { Nameserver, ResolvConf } from '../../plan/vantage.ts';
import type { Reason } from '../../reasons/reason.ts';
import { alarm, type Alarm, seconds } from '../deadline.ts';
import { ask } from './ask.ts';
import type { Family, Reply } from './message.ts';
import { inTurn, nextTurn } from './turns.ts';

/** What one nameserver said to the question for one family. */
export interface NameserverFact {
	/** With port only when it is not 53. */
	readonly server: string;
	readonly family: Family;
	readonly success: boolean;
	readonly seconds?: number;
	readonly reason?: Reason;
}

/** How long a silent nameserver is waited for when a later one has given addresses, in seconds. */
const patience = 1;
/** … and how long a silent family is waited for when the other one has addresses. */
const familyPatience = 2;
/** More tries are a flood, whatever resolv.conf says. */
const mostAttempts = 10;
/** So much earlier than the time is up a try ends, so that what it has to tell is heard. */
const margin = 0.02;

interface Seat {
	readonly server: Nameserver;
	readonly family: Family;
	readonly done: Promise<void>;
	reply?: Reply;
	seconds?: number;
}

/**
 * All nameservers asked for one name at the same time, each on its own, A and AAAA. The verdict follows the order in
 * which Go would ask them; what the slower ones say arrives later, for the facts.
 */
export class Panel {
	readonly #seats: readonly Seat[];
	/** By family: the seats in the order in which Go would ask them. */
	readonly #order: Readonly<Record<Family, readonly Seat[]>>;
	readonly #started = seconds();

	/** `limit`: seconds that any of them may take. */
	constructor(name: string, conf: ResolvConf, limit: number, signal: AbortSignal) {
		const attempts = Math.min(conf.attempts, mostAttempts);
		const timeout = Math.min(conf.timeout, Math.max(0, limit - margin) / attempts);
		const { useTcp, trustAd } = conf;
		const put = (server: Nameserver, family: Family, after?: Promise<void>): Seat => {
			const asked = async () => {
				await after;
				const from = seconds();
				seat.reply = await ask({ server, name, family, attempts, timeout, useTcp, trustAd, signal });
				seat.seconds = seconds() - from;
			};
			const seat: Seat = { server, family, done: Promise.resolve().then(asked) };
			return seat;
		};
		this.#seats = conf.nameservers.flatMap((server) => {
			const first = put(server, 'ipv4');
			return [first, put(server, 'ipv6', conf.singleRequest ? first.done : undefined)];
		});
		const turn = conf.rotate ? nextTurn() : 0;
		const inOrder = (family: Family, at: number) =>
			inTurn(
				this.#seats.filter((seat) => seat.family === family),
				at,
			);
		this.#order = { ipv4: inOrder('ipv4', turn), ipv6: inOrder('ipv6', conf.rotate ? turn + 1 : 0) };
	}

	/**
	 * The replies for A and AAAA. A family that is silent while the other has given addresses is not waited for to the
	 * end, as Go would: the pull succeeds all the same, only late.
	 */
	async verdicts(limit: number): Promise<readonly [Reply | undefined, Reply | undefined]> {
		const replies = new Map<Family, Reply | undefined>();
		const asked = (['ipv4', 'ipv6'] as const).map(async (family) => {
			const reply = await this.#verdict(family, limit);
			replies.set(family, reply);
			return reply;
		});
		const all = Promise.all(asked);
		const patient: Alarm[] = [];
		let decided = false;
		const enough = asked.map(async (one) => {
			if ((await one)?.outcome !== 'answer') await all;
			if (decided) return;
			const last = alarm(Math.min(familyPatience, limit / 2));
			patient.push(last);
			await last.over;
		});
		await Promise.race([all, ...enough]);
		decided = true;
		for (const last of patient) last.putOff();
		return [replies.get('ipv4'), replies.get('ipv6')];
	}

	/** The reply that Go's resolver would end with; `undefined` when the time was up before. */
	async #verdict(family: Family, limit: number): Promise<Reply | undefined> {
		const seats = this.#order[family];
		const end = seconds() + limit;
		for (;;) {
			const now = seconds();
			const decided = decide(seats, now - this.#started >= patience);
			if (decided !== 'open') return decided;
			if (now >= end) return decideLate(seats);
			const waiting = seats.filter((seat) => !seat.reply).map((seat) => seat.done);
			const patient = this.#started + patience - now;
			const look = alarm(Math.min(end - now, patient > 0 ? patient : Infinity));
			await Promise.race([...waiting, look.over]);
			look.putOff();
		}
	}

	facts(): NameserverFact[] {
		return this.#seats.map((seat) => {
			const { server, family, reply, seconds: took } = seat;
			const success = reply !== undefined && this.#resolves(seat, reply);
			const known = { server: labelOf(server), family, success };
			if (!reply) return { ...known, reason: 'dns_timeout' };
			const silent = reply.outcome === 'failure' && reply.reason === 'dns_timeout';
			return {
				...known,
				...(!silent && took !== undefined && { seconds: took }),
				...(reply.outcome === 'failure' && !success && { reason: reply.reason }),
			};
		});
	}

	/** No record of one family is an answer too; so is NXDOMAIN from a server that has the other family (dnsmasq says so). */
	#resolves({ server }: Seat, reply: Reply): boolean {
		if (reply.outcome === 'answer' || reply.reason === 'dns_no_address') return true;
		const knowsName = this.#seats.some((seat) => seat.server === server && seat.reply?.outcome === 'answer');
		return reply.reason === 'dns_name_not_found' && knowsName;
	}

	async finished(): Promise<void> {
		await Promise.all(this.#seats.map((seat) => seat.done));
	}
}

/** Go asks one server after the other: the first address or "no such host" counts, else the last error. */
function decide(seats: readonly Seat[], impatient: boolean): Reply | 'open' {
	let skipped = false;
	for (const { reply } of seats) {
		if (!reply) skipped = true;
		else if (reply.outcome === 'answer' && (!skipped || impatient)) return reply;
		else if (reply.outcome === 'failure' && reply.final && !skipped) return reply;
	}
	return skipped ? 'open' : (seats.at(-1)?.reply ?? 'open');
}

/** The time is up: whoever has not answered has timed out. */
function decideLate(seats: readonly Seat[]): Reply | undefined {
	const told = seats.find(({ reply }) => reply && (reply.outcome === 'answer' || reply.final));
	return (told ?? seats.at(-1))?.reply;
}

function labelOf({ address, port }: Nameserver): string {
	if (port === 53) return address;
	return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
