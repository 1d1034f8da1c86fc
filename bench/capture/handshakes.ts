import type { Segment } from './packets.ts';

/** What the wire says of one connection with TLS, in milliseconds. */
export interface Handshake {
	/** The server's name as it stands in the client's hello. */
	readonly name: string;
	/** When the SYN passed, on the system's clock. */
	readonly at: number;
	/** From the SYN to its answer. */
	readonly connect: number;
	/** From the first of the client's hello to the last of the server's answer to it. */
	readonly tls: number;
}

/** A server's name as it stands in the hello: `r17.bench.test`. */
const serverName = /r\d+\.bench\.test/;

/** The handshakes with the server on `port`, in the order of their SYNs. Connections without a whole handshake are left out. */
export function handshakesOf(segments: readonly Segment[], port: number): Handshake[] {
	return connectionsOf(segments, port)
		.flatMap((connection) => readConnection(connection, port) ?? [])
		.toSorted((one, other) => one.at - other.at);
}

function connectionsOf(segments: readonly Segment[], port: number): Segment[][] {
	const open = new Map<number, Segment[]>();
	const all: Segment[][] = [];
	for (const segment of segments) {
		if (segment.from !== port && segment.to !== port) continue;
		const client = segment.from === port ? segment.to : segment.from;
		const known = open.get(client);
		// A port that begins anew is another connection.
		if (known && !(segment.syn && segment.to === port)) known.push(segment);
		else {
			const connection = [segment];
			open.set(client, connection);
			all.push(connection);
		}
	}
	return all;
}

function readConnection(segments: readonly Segment[], port: number): Handshake | undefined {
	const syn = segments.find((each) => each.syn && each.to === port);
	const answer = segments.find((each) => each.syn && each.from === port);
	const spoken = segments.filter(({ length }) => length > 0);
	// A hello may take two segments; so may the answer.
	const answered = spoken.findIndex(({ from }) => from === port);
	const hello = spoken.slice(0, Math.max(0, answered));
	const finished = spoken.findIndex(({ to }, index) => index > answered && to === port);
	const [first, last] = [hello[0], spoken[finished - 1]];
	const text = Buffer.concat(hello.map(({ payload }) => payload)).toString('latin1');
	const name = serverName.exec(text)?.[0];
	if (!syn || !answer || !first || !last || finished < 0 || name === undefined) return undefined;
	return { name, at: syn.at, connect: answer.at - syn.at, tls: last.at - first.at };
}
