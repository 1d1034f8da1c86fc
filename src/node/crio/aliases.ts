import { InvalidReference, parseReference } from '../../registry/image.ts';
import { quotedLocation, quotedWord } from '../../registry/quotable.ts';
import type { Placed } from './facts.ts';
import { InvalidSetting, type Settings } from './settings.ts';

const mostAliases = 20_000;

/** What short names stand for, of one file; an empty text takes an alias of an earlier file back. */
export type Aliases = ReadonlyMap<string, Placed<string>>;

/**
 * The table `[aliases]`: `name = "registry/repository"`, both without tag and digest (containers-registries.conf(5),
 * Short-Name Aliasing). Throws `InvalidSetting` for an entry with which containers/image refuses the whole file.
 */
export function readAliases(settings: Settings): Aliases {
	const table = settings.table('aliases');
	const aliases = new Map<string, Placed<string>>();
	const names = table?.keys() ?? [];
	if (names.length > mostAliases) throw new InvalidSetting(`more than ${mostAliases} aliases`, table?.line ?? 1);
	for (const name of names) {
		const target = table?.text(name);
		if (!target) continue;
		const fault = faultOfName(name) ?? (target.value === '' ? undefined : faultOfTarget(target.value));
		if (fault !== undefined)
			throw new InvalidSetting(`${shownName(name, 'an alias')} ${fault}`, target.source.line ?? 1);
		aliases.set(name, target);
	}
	return aliases;
}

/** Whether the first part of a name, before a slash, is a registry's: so containers/image tells short names apart. */
export function namesRegistry(text: string): boolean {
	const slash = text.indexOf('/');
	const first = text.slice(0, Math.max(0, slash));
	return first === 'localhost' || /[.:]/.test(first);
}

function shownName(name: string, otherwise: string): string {
	return quotedLocation(name, quotedWord(name, otherwise));
}

function faultOfName(name: string): string | undefined {
	if (namesRegistry(name)) return 'names a registry on its left side; only short names have aliases';
	const fault = faultOfRepository(`registry.example/${name}`);
	return fault === undefined ? undefined : `is no short name: ${fault}`;
}

function faultOfTarget(target: string): string | undefined {
	if (!namesRegistry(target)) return `leads to ${shownName(target, 'something')}, which does not name its registry`;
	const fault = faultOfRepository(target);
	return fault === undefined ? undefined : `leads to ${quotedLocation(target, 'something')}: ${fault}`;
}

function faultOfRepository(text: string): string | undefined {
	const path = text.slice(text.indexOf('/'));
	if (/[:@]/.test(path)) return 'it has a tag or digest';
	try {
		parseReference(text);
		return undefined;
	} catch (error) {
		if (error instanceof InvalidReference) return 'it is not the name of a repository';
		throw error;
	}
}
