import { isIPv4 } from 'node:net';

import { mappedIPv4 } from '../../registry/reservedAddress.ts';
import type { Family } from './message.ts';

/** Which family a literal address is of; an IPv4-mapped one counts as IPv4. */
export function familyOf(address: string): Family {
	return isIPv4(address) || mappedIPv4(address) !== undefined ? 'ipv4' : 'ipv6';
}
