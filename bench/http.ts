import { once } from 'node:events';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Run } from './run.ts';

/** The text that a server of this bench answers. Throws where it refuses. */
export async function textOf(url: string): Promise<string> {
	const answer = await fetch(url);
	const text = await answer.text();
	if (!answer.ok) throw new Error(`${url}: ${answer.status} ${text.slice(0, 200)}`);
	return text;
}

/** How an answer is asked for: `gzip` as Prometheus does, `identity` as a person with curl. */
export type Coding = 'gzip' | 'identity';

/** How long an answer takes to its last byte, in milliseconds, and how many bytes of body are sent. What comes is not looked at, so that little of the time is ours. */
export async function timed(
	url: string,
	coding: Coding,
): Promise<{ readonly milliseconds: number; readonly bytes: number }> {
	const from = performance.now();
	const headers = { 'accept-encoding': coding };
	const [answer] = (await once(get(url, { agent: false, headers }), 'response')) as [IncomingMessage];
	let bytes = 0;
	answer.on('data', (chunk: Buffer) => (bytes += chunk.length));
	await once(answer, 'end');
	if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode}`);
	return { milliseconds: performance.now() - from, bytes };
}

/** Milliseconds from a program's start to its first answer to `url`. Throws when it ends before, or within 30 s does not answer. */
export async function firstAnswer(run: Run, url: string): Promise<number> {
	for (;;) {
		run.mustRun();
		try {
			await textOf(url);
			return performance.now() - run.startedAt;
		} catch (error) {
			if (performance.now() - run.startedAt > 30_000) throw error;
			await sleep(2);
		}
	}
}
