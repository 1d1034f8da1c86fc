/** How an address answered so far; times in seconds since it was asked. */
export type DialState =
	| { readonly state: 'pending' }
	| { readonly state: 'reachable'; readonly seconds: number }
	| { readonly state: 'unreachable'; readonly seconds: number };

/** Go's dialer as containerd sets it up (https://go.dev/src/net/dial.go): 30 s for all, fallback family after 0.3 s, 2 s at least an address. */
const total = 30;
const fallbackDelay = 0.3;
const leastShare = 2;
/** How long we wait for an address that Go would still wait for, when a later one has answered. */
const patience = 1;

type Chain = { readonly at: number; readonly index: number } | { readonly failedAt: number } | 'open';

/**
 * Which address Go's dialer would have used, given how each answered when all were asked at once. `families[i]` and
 * `states[i]` are in dial order; `elapsed` is the time since they were asked. Answers an index, `none` when Go would
 * fail, `open` while that is not known.
 */
export function chooseAsGo(
	families: readonly string[],
	states: readonly DialState[],
	elapsed: number,
): number | 'none' | 'open' {
	const indices = states.map((_, at) => at);
	const first = walk(
		indices.filter((at) => families[at] === families[0]),
		states,
		elapsed,
	);
	const second = walk(
		indices.filter((at) => families[at] !== families[0]),
		states,
		elapsed,
	);
	if (first === 'open') {
		return won(second) && fallbackDelay + second.at <= elapsed ? second.index : 'open';
	}
	if (won(first)) {
		const overtaken = won(second) && first.at > fallbackDelay && fallbackDelay + second.at < first.at;
		return overtaken ? second.index : first.index;
	}
	if (second === 'open') return 'open';
	return won(second) ? second.index : 'none';
}

function won(chain: Chain): chain is { readonly at: number; readonly index: number } {
	return chain !== 'open' && 'index' in chain;
}

/** Go tries the addresses of one family one after the other, each with its share of the time. */
function walk(indices: readonly number[], states: readonly DialState[], elapsed: number): Chain {
	let at = 0;
	for (const [position, index] of indices.entries()) {
		const state = states[index] ?? { state: 'pending' };
		const share = Math.max(leastShare, (total - at) / (indices.length - position));
		if (state.state === 'reachable') return { at: at + state.seconds, index };
		if (state.state === 'unreachable') at += Math.min(state.seconds, share);
		else if (elapsed < patience || !laterAnswer(indices.slice(position), states)) return 'open';
		else at += share;
	}
	return { failedAt: at };
}

const laterAnswer = (indices: readonly number[], states: readonly DialState[]) => {
	return indices.some((index) => states[index]?.state === 'reachable');
};
