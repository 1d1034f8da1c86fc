import type { Rewrite } from '../../node/containerd/facts.ts';
import type { NodeFault } from '../../node/fault.ts';

/** A repository after the rewrites of a host. */
export interface Rewritten {
	readonly repository: string;
	readonly faults: readonly NodeFault[];
}

const mostCharacters = 200;
const mostOpenEnds = 3;
/** Ways through a pattern: a group may name two dozen organisations. */
const mostWays = 32;
/** Parts without an end, among them the beginning of a pattern that may match anywhere: each takes as long as the text. */
const mostEndsOfChoices = 3;

/**
 * The repository that the containerd of k3s and RKE2 asks a host for: the first pattern that changes it counts
 * (https://docs.k3s.io/installation/private-registry#rewrites). Go's own expressions take time in proportion to the
 * text whatever they are; ours do not, and so only simple ones are followed and the others are faults.
 */
export function rewrite(repository: string, rewrites: readonly Rewrite[]): Rewritten {
	const faults: NodeFault[] = [];
	for (const { pattern, replacement, place } of rewrites) {
		const expression = compile(pattern);
		if (!expression) {
			const detail = 'This pattern is not followed here: write it with few and simple groups.';
			faults.push({ ...place, fault: 'setting_invalid', detail });
			continue;
		}
		const changed = replaceAll(repository, expression, replacement);
		if (changed !== repository) return { repository: changed, faults };
	}
	return { repository, faults };
}

/** Undefined for what could take long, or means something else in Go. */
function compile(pattern: string): RegExp | undefined {
	const plain = pattern.replace(/\\[.\-/+*?()[\]{}|^$\\]/g, '_');
	const strange = /\\(?![dwsDWSbBAz])|\\[Az]|\(\?(?!:)|\)[*+?{]|[{}]|\[\[:/.test(plain);
	if (pattern.length > mostCharacters || strange || mayTakeLong(plain.replace(/\[[^\]]*\]/g, '_'))) return undefined;
	try {
		return new RegExp(pattern, 'g');
	} catch {
		return undefined;
	}
}

/** Judges a pattern without classes and escaped signs. */
function mayTakeLong(pattern: string): boolean {
	const openEnds = pattern.match(/[*+]/g)?.length ?? 0;
	const anchored = pattern.startsWith('^') && !pattern.replace(/\([^()]*\)/g, '').includes('|');
	const ways = waysThrough(pattern);
	const most = openEnds + (anchored ? 0 : 1) > mostEndsOfChoices ? 1 : mostWays;
	return openEnds > mostOpenEnds || ways > most;
}

/**
 * How many ways there are at most through the choices of a pattern: as many through a group as it names, and twice as
 * many for each part that may be left out.
 */
function waysThrough(pattern: string): number {
	const open = [1];
	let ways = 1;
	for (const sign of pattern.replaceAll('(?:', '(')) {
		if (sign === '(') open.push(1);
		else if (sign === '|') open.push((open.pop() ?? 1) + 1);
		else if (sign === ')') ways *= open.pop() ?? 1;
		else if (sign === '?') ways *= 2;
	}
	return open.reduce((product, choices) => product * choices, ways);
}

/** Other than here, Go passes over an empty match that touches the one before. */
function replaceAll(text: string, expression: RegExp, replacement: string): string {
	let end = -1;
	return text.replaceAll(expression, (match: string, ...found: unknown[]) => {
		const at = Number(found.find((part) => typeof part === 'number'));
		if (match === '' && at === end) return '';
		end = at + match.length;
		return expand(replacement, [match, ...found]);
	});
}

/** `$1`, `${1}`, `$$`; the longest name counts, and one that is no group is empty (`Regexp.Expand`). */
function expand(template: string, found: readonly unknown[]): string {
	const groups = found.slice(
		0,
		found.findIndex((part) => typeof part === 'number'),
	);
	return template.replace(/\$(?:(\$)|(\w+)|\{(\w+)\})/g, (_, dollar?: string, bare?: string, braced?: string) => {
		const name = bare ?? braced ?? '';
		const group = /^\d{1,2}$/.test(name) ? groups[Number(name)] : undefined;
		return dollar ?? (typeof group === 'string' ? group : '');
	});
}
