/** How a body ended. `cut`: time was up while bytes still flowed; `stalled`: they had stopped. */
export type BodyEnd = 'complete' | 'bounded' | 'truncated' | 'reset' | 'malformed' | 'cut' | 'stalled';

export interface Body {
	/** What arrived, at most as much as was asked for. */
	readonly bytes: Buffer;
	readonly end: BodyEnd;
	/** How fast it came; absent when nothing did. */
	readonly bytesPerSecond?: number;
}

/** The head of an HTTP answer, and its body when it is asked for. */
export interface Answer {
	readonly status: number;
	/** The first line of this header. */
	readonly header: (name: string) => string | undefined;
	/** Every line of this header. */
	readonly lines: (name: string) => readonly string[];
	/** Milliseconds since the epoch, when the head was there. */
	readonly receivedAt: number;
	/** Reads at most `maximum` bytes for at most `limit` seconds. Never rejects. Without this call the body is thrown away. */
	body(maximum: number, limit: number): Promise<Body>;
}

/** The media type of an answer: lower case, without parameters. */
export function mediaTypeOf(answer: Pick<Answer, 'header'>): string {
	return (answer.header('content-type') ?? '').split(';', 1).join('').trim().toLowerCase();
}

/** The server's clock minus the node's, in seconds; a Date header counts whole seconds. */
export function clockSkewOf(answer: Pick<Answer, 'header' | 'receivedAt'>): { readonly clockSkewSeconds?: number } {
	const date = Date.parse(answer.header('date') ?? '');
	return Number.isNaN(date) ? {} : { clockSkewSeconds: Math.round((date + 500 - answer.receivedAt) / 1000) + 0 };
}
