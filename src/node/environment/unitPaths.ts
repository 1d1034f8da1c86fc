import { posix } from 'node:path';

import { fileNames } from '../directory.ts';
import { linkBelow } from '../link.ts';

/** Where systemd looks for units of the system, in this order (systemd.unit(5), "Unit File Load Path"). */
export const unitDirectories: readonly string[] = [
	'/etc/systemd/system.control',
	'/run/systemd/system.control',
	'/run/systemd/transient',
	'/run/systemd/generator.early',
	'/etc/systemd/system',
	'/etc/systemd/system.attached',
	'/run/systemd/system',
	'/run/systemd/system.attached',
	'/run/systemd/generator',
	'/usr/local/lib/systemd/system',
	'/usr/lib/systemd/system',
	'/lib/systemd/system',
	'/run/systemd/generator.late',
];

/** Where the manager's own settings stand (systemd-system.conf(5)). */
export const managerDirectories: readonly string[] = [
	'/etc/systemd',
	'/run/systemd',
	'/usr/local/lib/systemd',
	'/usr/lib/systemd',
];

/** A unit that systemd would load. */
export interface UnitFragment {
	readonly unit: string;
	/** Its file, as a path on the node. */
	readonly file: string;
	/** Under which names drop-ins count for it: a name that is a link counts beside the name that it leads to. */
	readonly names: readonly string[];
}

/** The first of these units that has a file and is not masked. Throws only when this process is out of descriptors. */
export function findUnit(root: string, units: readonly string[]): UnitFragment | undefined {
	for (const unit of units) {
		const places = unitDirectories.map((directory) => entriesOf(root, directory).get(unit));
		const file = places.find((place) => place !== undefined);
		if (file === undefined) continue;
		const target = linkBelow(root, file);
		if (target === '/dev/null') continue;
		const other = posix.basename(target ?? unit);
		return { unit, file, names: other.endsWith('.service') ? [...new Set([unit, other])] : [unit] };
	}
	return undefined;
}

/** The directories where drop-ins of such a unit may lie, those that count most first. */
export function dropInDirectories(names: readonly string[]): string[] {
	const own = names.flatMap((name) =>
		unitDirectories.flatMap((directory) => [name, ...prefixesOf(name)].map((part) => `${directory}/${part}.d`)),
	);
	return [...own, ...unitDirectories.map((directory) => `${directory}/service.d`)];
}

/** The places where a new file would count for units of these names; of the rarer ones only those in /etc and /run. */
export function unitPlaces(names: readonly string[]): string[] {
	const units = names.flatMap((name) => unitDirectories.map((directory) => `${directory}/${name}`));
	return [...units, ...dropInDirectories(names).filter((path) => /^\/(?:etc|run)\/systemd\/system\//.test(path))];
}

/**
 * The `*.conf` files of such directories in the order in which they are read: by name, whatever their directory; of
 * two with one name the one in the earlier directory counts, and a link to /dev/null takes the name away.
 */
export function dropIns(root: string, directories: readonly string[]): string[] {
	const found = new Map<string, string>();
	for (const directory of directories) {
		for (const [name, path] of entriesOf(root, directory)) {
			if (name.endsWith('.conf') && !found.has(name)) found.set(name, path);
		}
	}
	const ordered = [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path);
	return ordered.filter((path) => linkBelow(root, path) !== '/dev/null');
}

/** `k3s-agent.service` also has the drop-ins of `k3s-.service`. */
function prefixesOf(name: string): string[] {
	const [, stem = '', kind = ''] = /^(.*)(\.[a-z]+)$/.exec(name) ?? [];
	const dashes = [...stem.matchAll(/-/g)].map(({ index }) => index).filter((at) => at > 0 && at < stem.length - 1);
	return dashes.toReversed().map((at) => `${stem.slice(0, at + 1)}${kind}`);
}

function entriesOf(root: string, directory: string): ReadonlyMap<string, string> {
	return new Map(fileNames(root, directory).map((name) => [name, `${directory}/${name}`]));
}
