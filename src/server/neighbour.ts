import { isIP } from 'node:net';

/**
 * Whom an address belongs to when shares are counted: an IPv4 address is one neighbour, of IPv6 a whole /64, because any
 * machine has as many addresses there as it likes (RFC 4291, section 2.5.4).
 */
export function neighbourOf(address: string): string {
	const plain = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '');
	if (isIP(plain) !== 6) return plain;
	const [left = '', right] = (plain.split('%', 1)[0] ?? '').split('::');
	const before = left.split(':').filter((group) => group !== '');
	const after = right?.split(':').filter((group) => group !== '') ?? [];
	const between = Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
	return `${[...before, ...between, ...after].slice(0, 4).join(':')}::/64`;
}
