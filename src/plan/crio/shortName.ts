import type { CrioFacts } from '../../node/crio/facts.ts';
import type { Place } from '../../node/fault.ts';
import { InvalidReference, parseReference } from '../../registry/image.ts';
import { printable } from '../../registry/redact.ts';
import type { Reference } from '../../registry/reference.ts';
import { has } from './versions.ts';

/** What a name that is written without its registry stands for on a node. */
export interface ShortName {
	/** In the order in which CRI-O tries them. */
	readonly candidates: readonly Reference[];
	/** Where the alias, or the list of registries, stands. */
	readonly source: Place;
	/** CRI-O refuses the name without asking anyone: why, for people. */
	readonly refused?: string;
}

/** Whether a name as it stands in a pod has no registry: `nginx`, `library/nginx:1`, but not `localhost/nginx`. */
export function isShort(name: string): boolean {
	const slash = name.indexOf('/');
	const first = name.slice(0, Math.max(0, slash));
	return first !== 'localhost' && !/[.:]/.test(first);
}

/**
 * Expands a short name as CRI-O does
 * (https://github.com/containers/container-libs/blob/main/image/pkg/shortnames/shortnames.go): by a recorded alias, by
 * one of registries.conf, else with each search registry. There is nobody to be asked which one is meant: several are
 * refused unless `short_name_mode` is "disabled"; CRI-O before 1.34 tries all. `short-name-mode` of registries.conf is
 * not looked at.
 */
export function expandShortName(facts: CrioFacts, name: string, version: string): ShortName {
	const { recorded, registries } = facts;
	const refusal = recorded.unusable ?? registries.unusable;
	if (refusal) return { candidates: [], source: refusal.source, refused: `${refusal.source.file}: ${refusal.value}` };
	const [repository, rest] = cut(name);
	const alias = recorded.aliases.get(repository) ?? registries.aliases.get(repository);
	if (alias && alias.value !== '') return parsed([`${alias.value}${rest}`], alias.source);
	const search = registries.search;
	if (!search || search.value.length === 0) {
		const refused = 'the name has no registry, no alias stands for it, and no unqualified-search-registries are set';
		return { candidates: [], source: search?.source ?? registries.source, refused };
	}
	if (search.value.length > 1 && enforces(facts, version)) {
		const among = printable(search.value.join(', '), 300);
		const refused = `the name has no registry, and CRI-O does not choose among several: ${among}`;
		return { candidates: [], source: search.source, refused };
	}
	const names = search.value.map((registry) => `${registry}/${name}`);
	return parsed(names, search.source);
}

/** Whether CRI-O refuses a short name that could mean several images. */
export function enforces({ settings }: CrioFacts, version: string): boolean {
	return has(version, 'short_name_mode') && settings.shortNameMode?.value !== 'disabled';
}

function parsed(names: readonly string[], source: Place): ShortName {
	try {
		return { candidates: names.map(parseReference), source };
	} catch (error) {
		if (!(error instanceof InvalidReference)) throw error;
		return { candidates: [], source, refused: error.message };
	}
}

/** The name without tag and digest, and these. */
function cut(name: string): readonly [repository: string, rest: string] {
	const end = name.slice(name.lastIndexOf('/') + 1).search(/[:@]/);
	const at = end < 0 ? name.length : name.lastIndexOf('/') + 1 + end;
	return [name.slice(0, at), name.slice(at)];
}
