import type { Segment } from './packets.ts';

/** What the wire says of one connection with TLS, in milliseconds. */
export interface Handshake {
	/** From the SYN to its answer. */
	readonly connect: number;
	/** From the client's hello to the last of the server's answer to it. */
	readonly tls: number;
}

/** A server's name as it stands in the hello: `r17.bench.test`. */
const serverName = /r\d+\.bench\.test/;

/** The first handshake with each name at the server on `port`. Connections without a whole handshake are left out. */
export function handshakesOf(segments: readonly Segment[], port: number): Map<string, Handshake> {
	const connections = new Map<number, Segment[]>();
	for (const segment of segments) {
		if (segment.from !== port && segment.to !== port) continue;
		const client = segment.from === port ? segment.to : segment.from;
		const known = connections.get(client);
		// A port that begins anew is another connection.
		if (!known || (segment.syn && segment.to === port)) connections.set(client, [segment]);
		else known.push(segment);
	}
	const found = new Map<string, Handshake>();
	for (const connection of connections.values()) {
		const read = readConnection(connection, port);
		if (read && !found.has(read.name)) found.set(read.name, read.handshake);
	}
	return found;
}

function readConnection(
	segments: readonly Segment[],
	port: number,
): { name: string; handshake: Handshake } | undefined {
	const syn = segments.find((each) => each.syn && each.to === port);
	const answer = segments.find((each) => each.syn && each.from === port);
	const [hello, reply] = segments.filter(({ to, length }) => to === port && length > 0);
	if (!syn || !answer || !hello || !reply) return undefined;
	const flight = segments.filter(({ at, from, length }) => from === port && length > 0 && at < reply.at).at(-1);
	const name = serverName.exec(hello.payload.toString('latin1'))?.[0];
	if (!flight || name === undefined) return undefined;
	return { name, handshake: { connect: answer.at - syn.at, tls: flight.at - hello.at } };
}
