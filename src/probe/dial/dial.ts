import { addAbortListener } from 'node:events';
import type { Socket } from 'node:net';

import type { Reason } from '../../reasons/reason.ts';
import type { Gate } from '../attempt.ts';
import { alarm, type Deadline, seconds } from '../deadline.ts';
import { familyOf } from '../resolve/address.ts';
import type { Family } from '../resolve/message.ts';
import { ProbeFailure } from '../stage.ts';
import { codeOf, connectReason, isExhausted } from '../systemError.ts';
import { chooseAsGo } from './goDialer.ts';
import { Knock } from './knock.ts';
import { inDialOrder } from './order.ts';

/** What one address said. */
export interface AddressFact {
	readonly address: string;
	readonly family: Family;
	readonly state: 'reachable' | 'unreachable';
	readonly seconds?: number;
	readonly reason?: Reason;
}

/** `addresses` is complete when the attempt has settled. */
export interface DialFacts extends Record<string, unknown> {
	addresses: readonly AddressFact[];
	used?: string;
}

export interface Dialing {
	readonly addresses: readonly string[];
	readonly port: number;
	readonly time: Deadline;
	readonly gate: Gate;
	/** Ends the dialling, and closes the connection that came of it. */
	readonly signal: AbortSignal;
	/** Takes what still goes on when the verdict is known. */
	readonly settle: (work: Promise<unknown>) => void;
}

export interface Dialled {
	readonly socket: Socket;
	readonly facts: DialFacts;
	/** What connecting to the address took that Go would have used. */
	readonly seconds: number;
}

const maximumPerFamily = 8;

/**
 * Asks all addresses (at most 8 a family) at once and gives the connection that Go's dialer would have used; it lives no
 * longer than `signal`. Throws `ProbeFailure` with the error of the first address in Go's order when none answers.
 */
export async function dial({ addresses, port, time, gate, signal, settle }: Dialing): Promise<Dialled> {
	const ordered = await inDialOrder(bounded(addresses));
	const limit = time.remaining();
	const knocks = ordered.map((address) => new Knock(address, port, limit, gate, signal));
	const all = Promise.all(knocks.map(({ done }) => done));
	const facts: DialFacts = { addresses: [] };
	const chosen = await choose(knocks, limit, signal);
	const socket = chosen?.take();
	for (const knock of knocks) knock.drop();
	if (!chosen || !socket || chosen.state.state !== 'reachable') {
		await all;
		facts.addresses = knocks.flatMap(factOf);
		throw failureOf(knocks, port, facts);
	}
	// Whoever waited for the connection may have gone before it stood: then nobody else would close it.
	addAbortListener(signal, () => void socket.destroy());
	facts.used = chosen.address;
	facts.addresses = knocks.flatMap(factOf);
	settle(
		all.then(() => {
			facts.addresses = knocks.flatMap(factOf);
		}),
	);
	return { socket, facts, seconds: chosen.state.seconds };
}

function bounded(addresses: readonly string[]): string[] {
	const unique = [...new Set(addresses)];
	const of = (family: Family) => unique.filter((address) => familyOf(address) === family).slice(0, maximumPerFamily);
	const kept = new Set([...of('ipv4'), ...of('ipv6')]);
	return unique.filter((address) => kept.has(address));
}

async function choose(knocks: readonly Knock[], limit: number, signal: AbortSignal): Promise<Knock | undefined> {
	// Between one address and no other there is nothing to choose.
	if (knocks.length === 1) await knocks[0]?.done;
	const families = knocks.map(({ address }) => familyOf(address));
	const started = seconds();
	while (!signal.aborted) {
		const elapsed = seconds() - started;
		const verdict = chooseAsGo(
			families,
			knocks.map(({ state }) => state),
			elapsed,
		);
		if (verdict !== 'open') return verdict === 'none' ? undefined : knocks[verdict];
		const waiting = knocks.filter(({ state }) => state.state === 'pending').map(({ done }) => done);
		if (waiting.length === 0) return undefined;
		const look = alarm(Math.min(nextLook(elapsed), limit));
		await Promise.race([...waiting, look.over]);
		look.putOff();
	}
	return undefined;
}

/** Go's rules depend on time at 0.3 s (the other family starts) and, for us, at 1 s (patience ends). */
function nextLook(elapsed: number): number {
	return [0.305, 0.6, 1.005].map((at) => at - elapsed).find((left) => left > 0) ?? 0.25;
}

function factOf({ address, state, error }: Knock): AddressFact[] {
	const family = familyOf(address);
	if (state.state === 'pending') return [];
	if (state.state === 'reachable') return [{ address, family, state: 'reachable', seconds: state.seconds }];
	return [{ address, family, state: 'unreachable', reason: connectReason(error) }];
}

function failureOf(knocks: readonly Knock[], port: number, facts: DialFacts): ProbeFailure {
	const told = knocks.find(({ error }) => isExhausted(error)) ?? knocks[0];
	if (!told) return new ProbeFailure('dns_no_address', 'no address to connect to', facts);
	const to = told.address.includes(':') ? `[${told.address}]:${port}` : `${told.address}:${port}`;
	const others = knocks.length > 1 ? `, ${knocks.length} addresses tried` : '';
	return new ProbeFailure(connectReason(told.error), `${to}: ${wordOf(told.error)}${others}`, facts, {
		cause: told.error,
	});
}

const words: Readonly<Record<string, string>> = {
	ECONNREFUSED: 'connection refused',
	ETIMEDOUT: 'no answer to the SYN',
	EHOSTUNREACH: 'no route to host',
	ENETUNREACH: 'network is unreachable',
	EACCES: 'permission denied',
	EPERM: 'operation not permitted',
	EINVAL: 'invalid argument (blackhole route)',
	EADDRNOTAVAIL: 'no free local port',
	EMFILE: 'too many open files',
};

const wordOf = (error: unknown) => words[codeOf(error)] ?? codeOf(error);
