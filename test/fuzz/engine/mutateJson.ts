import type { Change, Material } from './mutateBytes.ts';
import type { Random } from './random.ts';

/** Where a value is: in a list or map, under a key. */
interface Spot {
	readonly holder: Record<string, unknown>;
	readonly key: string;
}

const scalars: readonly unknown[] = [
	null,
	true,
	false,
	0,
	-1,
	1.5,
	1e308,
	2 ** 53,
	'',
	'x',
	' ',
	'\u001b[31m\u202e\u0000',
	'2026-11-21T00:00:00Z',
	'\ud800',
	[],
	{},
	[[]],
	[null],
	{ toString: 1, valueOf: 1 },
	// Every object of JavaScript has them.
	'toString',
	'constructor',
	'__proto__',
	'hasOwnProperty',
	{ length: -1 },
];

function isHolder(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}

/** Every place of a value, at most a few thousand. */
function spotsIn(top: unknown): Spot[] {
	const spots: Spot[] = [];
	const open: unknown[] = [top];
	for (let at = 0; at < open.length && spots.length < 2000; at++) {
		const holder = open[at];
		if (!isHolder(holder)) continue;
		for (const key of Object.keys(holder)) {
			spots.push({ holder, key });
			open.push(holder[key]);
		}
	}
	return spots;
}

function wrapped(value: unknown, random: Random): unknown {
	let inside = value;
	const depth = random.once(10) ? random.below(400) : random.small(3);
	for (let level = 0; level < depth; level++) inside = random.once(2) ? [inside] : { a: inside };
	return inside;
}

function define(holder: Record<string, unknown>, key: string, value: unknown): void {
	if (Array.isArray(holder) && key === 'length') return;
	Object.defineProperty(holder, key, { value, enumerable: true, writable: true, configurable: true });
}

function changeAt({ holder, key }: Spot, { random, words }: Material, others: readonly Spot[]): void {
	const other = random.pick(others);
	switch (random.below(8)) {
		case 0:
			delete holder[key];
			break;
		case 1:
			define(holder, random.pick(words) ?? '', holder[key]);
			break;
		case 2:
			holder[key] = wrapped(holder[key], random);
			break;
		case 3:
			holder[key] = random.pick(words) ?? '';
			break;
		case 4:
			define(holder, random.pick(['__proto__', 'toString', 'constructor', 'length', '']) ?? '', random.pick(scalars));
			break;
		case 5:
			if (other) holder[key] = structuredClone(other.holder[other.key]);
			break;
		case 6:
			if (Array.isArray(holder))
				for (let times = random.small(50); times > 0; times--) holder.push(holder[Number(key)]);
			else holder[key] = Array.from({ length: random.small(50) }, () => holder[key]);
			break;
		default:
			holder[key] = random.pick(scalars);
	}
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function written(value: unknown): string {
	try {
		return JSON.stringify(value) ?? '';
	} catch {
		// Nested too deeply to be written.
		return '[]';
	}
}

/** Behind a first line that is no JSON, such as a content type. */
function splitHead(text: string): readonly [string, string] {
	const at = text.search(/[[{]/);
	return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at)];
}

/** A change of a JSON document that leaves it one; of anything else nothing. */
export const changeJson: Change = (input, material) => {
	const [head, body] = splitHead(input.toString());
	const top: unknown[] = [parsed(body)];
	if (!isHolder(top[0])) return input;
	const [, otherBody] = splitHead(material.other.toString());
	const others = spotsIn([parsed(otherBody)]);
	for (let times = material.random.small(3); times > 0; times--) {
		const spot = material.random.pick(spotsIn(top));
		if (spot) changeAt(spot, material, others);
	}
	return Buffer.from(head + written(top[0]));
};
