import type { Target } from '../target.ts';
import { byteChanges, type Change, type Material } from './mutateBytes.ts';
import { changeJson } from './mutateJson.ts';
import { changeLines } from './mutateLines.ts';

const kinds: Readonly<Record<NonNullable<Target['shape']>, readonly Change[]>> = {
	text: byteChanges,
	bytes: byteChanges,
	lines: [...byteChanges, ...Array<Change>(byteChanges.length).fill(changeLines)],
	json: [...byteChanges.slice(0, 4), ...Array<Change>(byteChanges.length).fill(changeJson)],
};

/** Inputs that grow beyond this are cut: large ones are tried on their own. */
const longest = 8 * 1024;

/** Another input, a few changes away from this one. */
export function mutate(input: Buffer, { shape = 'text', repair, most = longest }: Target, material: Material): Buffer {
	const { random } = material;
	let changed = input;
	for (let times = random.small(6); times > 0; times--) {
		changed = (random.pick(kinds[shape]) ?? changeLines)(changed, material).subarray(0, Math.min(longest, most));
	}
	return repair && !random.once(4) ? repair(changed) : changed;
}
