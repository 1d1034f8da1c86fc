import type { Handshake } from './handshakes.ts';

/** What a program says of one of its attempts; times in milliseconds. */
export interface Told {
	/** The server's name in TLS. */
	readonly name: string;
	/** When the attempt began, on the system's clock; may be cut off to a whole millisecond. */
	readonly from: number;
	/** Absent where it holds the time back. */
	readonly connect?: number | undefined;
	readonly tls?: number | undefined;
}

/** By how much a program's times exceed the wire's, in milliseconds, one for each time that it tells. */
export interface Excess {
	readonly connect: readonly number[];
	readonly tls: readonly number[];
	/** What the wire itself took to connect. */
	readonly wire: readonly number[];
	/** Attempts without a time of their own. */
	readonly withheld: number;
}

/**
 * Compares what a program tells with what a capture shows: with each attempt the first handshake of its name since it
 * began. Throws when an attempt is in no capture: then something else than the program was captured.
 */
export function excessOf(told: readonly Told[], wire: readonly Handshake[]): Excess {
	const pairs = told.map((own) => {
		const seen = wire.find(({ name, at }) => name === own.name && at >= own.from - 1);
		if (!seen) throw new RangeError(`no handshake with ${own.name} stands in the capture since its attempt began`);
		return { own, seen };
	});
	const differences = (of: 'connect' | 'tls') =>
		pairs.flatMap(({ own, seen }) => {
			const time = own[of];
			return time === undefined ? [] : [time - seen[of]];
		});
	return {
		connect: differences('connect'),
		tls: differences('tls'),
		wire: pairs.map(({ seen }) => seen.connect),
		withheld: told.filter(({ connect, tls }) => connect === undefined || tls === undefined).length,
	};
}
