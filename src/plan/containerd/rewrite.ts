import type { Rewrite } from '../../node/containerd/facts.ts';
import type { NodeFault } from '../../node/fault.ts';

/** A repository after the rewrites of a host. */
export interface Rewritten {
	readonly repository: string;
	readonly faults: readonly NodeFault[];
}

const mostCharacters = 200;
const mostOpenEnds = 3;
const mostChoices = 4;

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
	const openEnds = plain.match(/[*+]/g)?.length ?? 0;
	// Each may double the ways to try.
	const choices = plain.match(/\||(?<!\()\?/g)?.length ?? 0;
	const strange = /\\(?![dwsDWSbBAz])|\\[Az]|\(\?(?!:)|\)[*+?{]|[{}]|\[\[:/.test(plain);
	if (pattern.length > mostCharacters || openEnds > mostOpenEnds || choices > mostChoices || strange) return undefined;
	try {
		return new RegExp(pattern, 'g');
	} catch {
		return undefined;
	}
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
