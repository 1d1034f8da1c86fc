import type { Facts } from '../../probe/observation.ts';
import { translatedIPv4 } from '../../registry/reservedAddress.ts';
import { rowsOf, textOf } from './facts.ts';
import { count } from './quantities.ts';

/** The addresses of a tcp record that did not answer. */
export function deadAddresses(facts: Facts | undefined): readonly string[] {
	return rowsOf(facts, 'addresses').flatMap((row) =>
		row['state'] === 'unreachable' ? (textOf(row, 'address') ?? []) : [],
	);
}

/**
 * Those among them that a pull loses time on. Addresses of a family without a route are none: a node of one family
 * passes over the other one at once.
 */
export function costlyAddresses(facts: Facts | undefined): readonly string[] {
	const rows = rowsOf(facts, 'addresses');
	const withoutRoute = rows.filter((row) => row['reason'] === 'tcp_unreachable');
	const others = rows.filter((row) => row['reason'] !== 'tcp_unreachable');
	const noIPv4 = others.every((row) => row['family'] !== 'ipv4');
	const free = withoutRoute.filter((row) => noIPv4 || row['family'] === 'ipv6').map((row) => row['address']);
	return deadAddresses(facts).filter((address) => !free.includes(address));
}

/** Where NAT64 leads to from an address, with a comma before it; empty where it shows no translation. */
export function translation(address: string | undefined): string {
	const translated = address === undefined ? undefined : translatedIPv4(address);
	return translated === undefined ? '' : `, by NAT64 to ${translated}`;
}

/** `10.0.0.1, 10.0.0.2 and 4 more`: at most `most` names. */
export function listed(names: readonly string[], most = 2): string {
	const shown = names.slice(0, most).join(', ');
	return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

/** `3 IPv4 + 3 IPv6`. */
export function families(addresses: readonly string[]): string {
	const six = addresses.filter((address) => address.includes(':')).length;
	const four = addresses.length - six;
	const parts = [...(four > 0 ? [`${four} IPv4`] : []), ...(six > 0 ? [`${six} IPv6`] : [])];
	return parts.length > 0 ? parts.join(' + ') : count(0, 'address', 'addresses');
}
