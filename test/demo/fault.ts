/** Something that can be broken in the demo's world and mended again. */
export interface Fault {
	/** In URLs. */
	readonly name: string;
	/** On the keyboard. */
	readonly key: string;
	/** What is broken, for people. */
	readonly title: string;
	/** What the agent will call it: role, stage and reason. */
	readonly reads: string;
	readonly on: boolean;
	/** Breaks or mends; one change after the other, whoever asks. */
	readonly set: (on: boolean) => Promise<void>;
}

/** Makes a switch of an action that breaks (`true`) and mends (`false`). `on`: it is broken from the beginning. */
export function makeFault(
	words: Pick<Fault, 'name' | 'key' | 'title' | 'reads'>,
	change: (on: boolean) => void | Promise<void>,
	{ on = false } = {},
): Fault {
	let last = Promise.resolve();
	const set: Fault['set'] = (wish) => {
		const next = last.then(async () => {
			if (wish === on) return;
			await change(wish);
			on = wish;
		});
		last = next.catch(() => undefined);
		return next;
	};
	return {
		...words,
		get on() {
			return on;
		},
		set,
	};
}

/** Mends everything; gives what was broken. */
export async function mendAll(faults: readonly Fault[]): Promise<Fault[]> {
	const broken = faults.filter((fault) => fault.on);
	await Promise.all(faults.map((fault) => fault.set(false)));
	return broken;
}
