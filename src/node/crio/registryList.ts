import type { NodeFault } from '../fault.ts';
import type { CrioRegistry } from './facts.ts';
import { quotedLocation } from '../../registry/quotable.ts';
import { trimLocation } from './location.ts';
import { readRegistry } from './registryTable.ts';
import { InvalidSetting, type Settings } from './settings.ts';

const mostRegistries = 2000;

/**
 * The registries of one file in version 2 of registries.conf, by prefix, each prefix once. Throws `InvalidSetting`
 * where containers/image refuses the file.
 */
export function readRegistries(tables: readonly Settings[], faults: NodeFault[]): readonly CrioRegistry[] {
	if (tables.length > mostRegistries) throw new InvalidSetting(`more than ${mostRegistries} registries`, 1);
	const registries = tables.map((table) => readRegistry(table, faults));
	refuseConflicts(registries);
	const first = new Map<string, CrioRegistry>();
	for (const registry of registries) {
		const before = first.get(registry.prefix);
		if (before) faults.push(repeated(registry, before));
		else first.set(registry.prefix, registry);
	}
	return byPrefix(first.values());
}

/** Version 1: two lists of names in place of `[[registry]]` (containers-registries.conf(5), VERSION 1 FORMAT). */
export function readVersion1(settings: Settings): readonly CrioRegistry[] {
	const found = new Map<string, CrioRegistry>();
	for (const [list, wish] of [
		['block', { blocked: true }],
		['insecure', { insecure: true }],
	] as const) {
		const names = settings.table(list)?.texts('registries');
		for (const name of names?.value ?? []) {
			const source = names?.source ?? settings.place();
			const location = trimLocation(name, source.line ?? settings.line);
			if (location === '') throw new InvalidSetting('a registry without a name', source.line ?? settings.line);
			const plain = {
				prefix: location,
				location,
				insecure: false,
				blocked: false,
				mirrors: [],
				source,
				blockedAt: source,
			};
			found.set(location, { ...(found.get(location) ?? plain), ...wish });
		}
	}
	return byPrefix(found.values());
}

/** In the order in which the longest prefix is looked for: of equally long ones the first wins. */
export function byPrefix(registries: Iterable<CrioRegistry>): readonly CrioRegistry[] {
	return [...registries].toSorted((a, b) => (a.prefix < b.prefix ? -1 : a.prefix > b.prefix ? 1 : 0));
}

/** Entries with one location must agree on whether it is blocked, and whether it is insecure. */
function refuseConflicts(registries: readonly CrioRegistry[]): void {
	const first = new Map<string, CrioRegistry>();
	for (const registry of registries) {
		const key = registry.location || registry.prefix;
		const before = first.get(key) ?? registry;
		first.set(key, before);
		for (const name of ['insecure', 'blocked'] as const) {
			if (before[name] === registry[name]) continue;
			const at = `here and in line ${before.source.line}`;
			throw new InvalidSetting(
				`${quotedLocation(key, 'a location')} is defined twice with different "${name}": ${at}`,
				registry.source.line ?? 1,
			);
		}
	}
}

function repeated(registry: CrioRegistry, before: CrioRegistry): NodeFault {
	const detail = `${quotedLocation(registry.prefix, 'the prefix')} already stands in line ${before.source.line}; CRI-O takes the first entry only`;
	return { ...registry.source, fault: 'setting_ignored', detail };
}
