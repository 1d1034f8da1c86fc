import { isIP } from 'node:net';
import { ipBytes } from '../../registry/ipAddress.ts';
import type { RegistrySight } from './registries.ts';

/**
 * How many of these failing registries are independent of each other. Those with hosts of one owner, and those with
 * addresses in one network, as behind one CDN, count once: they can well be down together.
 */
export function independentPlaces(registries: readonly RegistrySight[]): number {
	let places: readonly ReadonlySet<string>[] = [];
	for (const sight of registries) {
		const marks: ReadonlySet<string> = new Set(marksOf(sight));
		const shared = places.filter((place) => !place.isDisjointFrom(marks));
		const merged = shared.reduce((all, place) => all.union(place), marks);
		places = [...places.filter((place) => !shared.includes(place)), merged];
	}
	return places.length;
}

function marksOf({ faults, states }: RegistrySight): readonly string[] {
	const records = states.flatMap(({ latest }) => latest?.records ?? []);
	return [
		...faults.map(({ host }) => ownerOf(host)),
		...records.flatMap(({ facts }) => addressesIn(facts?.['addresses'])).flatMap(networkOf),
	];
}

/** Who runs a host, as far as its name tells: the last two parts of it, or its address. */
function ownerOf(host: string): string {
	const name = host.replace(/:\d+$/, '');
	return isIP(name.replace(/^\[(.*)\]$/, '$1')) === 0 ? name.split('.').slice(-2).join('.') : name;
}

/** The addresses that names were found to have, or that were dialled. */
function addressesIn(fact: unknown): readonly string[] {
	if (!Array.isArray(fact)) return [];
	return fact.flatMap((one: unknown) => {
		const address = typeof one === 'object' && one !== null && 'address' in one ? one.address : one;
		return typeof address === 'string' ? [address] : [];
	});
}

/** What is routed as one: 24 bits of IPv4, 48 of IPv6. */
function networkOf(address: string): readonly string[] {
	const bytes = ipBytes(address);
	return bytes ? [bytes.slice(0, bytes.length === 4 ? 3 : 6).join('.')] : [];
}
