import { spliced } from './mutateBytes.ts';

/** Tries of one input. */
const mostTries = 60;

/** A smaller input of which `still` holds; it holds of `input` itself. Cuts ever smaller pieces out, from the end on. */
export async function minimise(input: Buffer, still: (smaller: Buffer) => Promise<boolean>): Promise<Buffer> {
	let best = input;
	let tries = 0;
	for (let piece = Math.ceil(best.length / 2); piece >= 1; piece = piece === 1 ? 0 : Math.ceil(piece / 2)) {
		for (let at = best.length - piece; at >= 0 && tries < mostTries; at -= piece) {
			const smaller = spliced(best, at, piece, Buffer.alloc(0));
			tries++;
			if (await still(smaller)) best = smaller;
		}
	}
	return best;
}
