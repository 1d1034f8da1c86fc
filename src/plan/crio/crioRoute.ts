import type { CrioFacts, CrioRegistry } from '../../node/crio/facts.ts';
import type { NodeFault } from '../../node/fault.ts';
import { parseReference } from '../../registry/image.ts';
import { printable } from '../../registry/redact.ts';
import type { Reference } from '../../registry/reference.ts';
import type { Route, Runtime } from '../pullHost.ts';
import { type CrioHost, hostAt } from './crioHost.ts';
import { isInsecureByList } from './insecure.ts';
import { nameOf, type Physical, placesOf } from './physical.ts';
import { registryFor } from './prefix.ts';
import { expandShortName, isShort } from './shortName.ts';
import { has } from './versions.ts';

/** Where CRI-O would look for an image. */
export interface CrioRoute extends Route {
	readonly hosts: readonly CrioHost[];
}

/**
 * The hosts that CRI-O would try for an image, in its order. `image` is a reference, or a name as it stands in a pod:
 * one without a registry is a short name then, which stands for one or more references. Throws `InvalidReference` for a
 * text that is no image.
 */
export function crioRoute(facts: CrioFacts, image: Reference | string, runtime: Runtime): CrioRoute {
	if (typeof image !== 'string') return routeOf(facts, image, image.repository, runtime);
	const { repository } = parseReference(image);
	if (!isShort(image)) return routeOf(facts, parseReference(image), repository, runtime);
	const { candidates, refused } = expandShortName(facts, image, runtime.version);
	if (refused !== undefined) return { hosts: [], refused, faults: [] };
	return joined(candidates.map((candidate) => routeOf(facts, candidate, repository, runtime)));
}

/** Candidates are tried one after the other; only when all are refused the name is. */
function joined(routes: readonly CrioRoute[]): CrioRoute {
	const hosts = routes.flatMap((route) => route.hosts);
	const refused = routes.findLast((route) => route.refused !== undefined)?.refused;
	const faults = routes.flatMap((route) => route.faults);
	return { hosts, faults, ...(hosts.length === 0 && refused !== undefined && { refused }) };
}

function routeOf(facts: CrioFacts, image: Reference, repository: string, { version }: Runtime): CrioRoute {
	const { registries, settings } = facts;
	if (registries.unusable) {
		const { source, value } = registries.unusable;
		return { hosts: [], refused: `CRI-O refuses ${source.file}: ${value}`, faults: [] };
	}
	const { places, registry, refusal } = placesOf(registries, image);
	if (refusal) {
		const { why, ...place } = refusal;
		return { hosts: [], refused: why, faults: [{ ...place, fault: 'setting_invalid', detail: why }] };
	}
	const anyInsecure =
		!has(version, 'insecure_registries_dropped') &&
		isInsecureByList(image.domain, settings.insecureRegistries?.value ?? []);
	const blocks = places.map((place) => blockOf(place, registries.registries));
	const open = places.filter((_, index) => !blocks[index]);
	const found = blocks.filter((block) => block !== undefined);
	const hosts = open.map((place) => hostAt(anyInsecure ? { ...place, insecure: true } : place, repository, facts));
	const faults = [
		...found.map((block) => faultOfBlock(block, hosts.length > 0)),
		...blockingWithoutEffect(registry, places, registries.registries),
	];
	if (hosts.length > 0) return { hosts, faults };
	return { hosts, refused: `${printable(nameOf(image), 300)} is blocked by registries.conf`, faults };
}

/** An entry that blocks a place, and the name that is asked for there. */
interface Block {
	readonly name: string;
	readonly entry: CrioRegistry;
}

/**
 * `blocked` is asked of every place by the name that is asked for there, not of the image: mirrors of a blocked registry
 * are used, and a mirror can be blocked by an entry of its own.
 */
function blockOf({ reference }: Physical, registries: readonly CrioRegistry[]): Block | undefined {
	const name = nameOf(reference);
	const entry = registryFor(registries, name);
	return entry?.blocked === true ? { name, entry } : undefined;
}

function faultOfBlock({ name, entry }: Block, othersAreOpen: boolean): NodeFault {
	const what = `${printable(name, 300)} is blocked, as is all of ${printable(entry.prefix, 100)}`;
	return othersAreOpen
		? { ...entry.blockedAt, fault: 'host_never_asked', detail: `${what}: CRI-O asks only the other hosts of the image` }
		: { ...entry.blockedAt, fault: 'registry_blocked', detail: `${what}: CRI-O refuses to pull it` };
}

/** An entry that is blocked and rewrites: the name that is asked for is another one, and open. */
function blockingWithoutEffect(
	registry: CrioRegistry | undefined,
	places: readonly Physical[],
	registries: readonly CrioRegistry[],
): NodeFault[] {
	const own = places.at(-1);
	if (registry?.blocked !== true || !own || registryFor(registries, nameOf(own.reference))?.blocked === true) return [];
	const detail = `blocked has no effect: images of ${printable(registry.prefix, 100)} are asked for as \
${printable(nameOf(own.reference), 300)}, and CRI-O looks for "blocked" under that name`;
	return [{ ...registry.blockedAt, fault: 'setting_ignored', detail }];
}
