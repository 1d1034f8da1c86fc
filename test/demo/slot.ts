import type { Listener } from '../fakes/listener.ts';

/** A port whose server can be taken away, and put back or replaced by another. */
export interface Slot<First extends Listener> extends AsyncDisposable {
	/** The server that the slot was opened with. What it says of itself stays true for its successors. */
	readonly first: First;
	/** Closes what listens there and starts this instead; undefined leaves the port closed. */
	readonly put: (start: ((port: number) => Promise<Listener>) | undefined) => Promise<void>;
}

/** Opens a slot with its first server, on a free port. */
export async function openSlot<First extends Listener>(start: (port: number) => Promise<First>): Promise<Slot<First>> {
	const first = await start(0);
	let current: Listener | undefined = first;
	const put: Slot<First>['put'] = async (next) => {
		await current?.close();
		current = undefined;
		current = await next?.(first.port);
	};
	return { first, put, [Symbol.asyncDispose]: () => put(undefined) };
}
