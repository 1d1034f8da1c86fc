/** Runs work, at most some of it at once; the rest waits in the order in which it came. */
export type Slots = <T>(work: () => Promise<T>) => Promise<T>;

/** As many slots as are given, which work takes in turn. */
export function createSlots(most: number): Slots {
	const waiting: (() => void)[] = [];
	let free = most;
	const taken = async () => {
		if (free > 0) free -= 1;
		else await new Promise<void>((resolve) => waiting.push(resolve));
	};
	return async (work) => {
		await taken();
		try {
			return await work();
		} finally {
			// A slot is handed on, never given back and taken anew: nobody can jump the queue.
			const next = waiting.shift();
			if (next) next();
			else free += 1;
		}
	};
}
