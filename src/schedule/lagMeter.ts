import type { Clock } from './clock.ts';

/** Milliseconds between two signs of life while something is being timed. */
const beat = 10;

/** Tells how late this process was to see what happened while something was being timed. */
export interface LagMeter {
	/** The result of `work`, and for how long the event loop was held up at worst while it went on, in milliseconds. */
	during<Result>(work: () => Promise<Result>): Promise<{ readonly result: Result; readonly lag: number }>;
}

/**
 * A beat on the event loop that runs only while something is timed, so that an agent at rest is not woken. It tells at
 * most `beat` less than the loop was really held up, and nothing of what is shorter than that.
 */
export function createLagMeter(clock: Clock): LagMeter {
	const watchers = new Set<{ worst: number }>();
	let timer: NodeJS.Timeout | undefined;
	let last = 0;

	/** Looks itself, too: what is timed may end before the beat that is late has come. */
	const note = () => {
		const now = clock.monotonic();
		for (const watcher of watchers) watcher.worst = Math.max(watcher.worst, now - last - beat);
		last = now;
	};
	const watch = () => {
		if (timer) note();
		else last = clock.monotonic();
		timer ??= setInterval(note, beat).unref();
		const watcher = { worst: 0 };
		watchers.add(watcher);
		return watcher;
	};
	const leave = (watcher: { worst: number }) => {
		note();
		watchers.delete(watcher);
		if (watchers.size > 0) return;
		clearInterval(timer);
		timer = undefined;
	};

	return {
		async during(work) {
			const watcher = watch();
			try {
				const result = await work();
				note();
				return { result, lag: watcher.worst };
			} finally {
				leave(watcher);
			}
		},
	};
}
