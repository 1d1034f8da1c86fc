import { setTimeout as sleep } from 'node:timers/promises';
import type { Run } from './run.ts';

/** The text that a server of this bench answers. Throws where it refuses. */
export async function textOf(url: string): Promise<string> {
	const answer = await fetch(url);
	const text = await answer.text();
	if (!answer.ok) throw new Error(`${url}: ${answer.status} ${text.slice(0, 200)}`);
	return text;
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
