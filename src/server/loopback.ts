import { isIP } from 'node:net';

/** Whether an address is this machine's own: 127.0.0.0/8, also mapped into IPv6, and ::1. */
export function isLoopbackAddress(address: string): boolean {
	const unmapped = address.toLowerCase().replace(/^::ffff:/, '');
	return unmapped === '::1' || (isIP(unmapped) === 4 && unmapped.startsWith('127.'));
}

/**
 * Whether a Host header names this machine: `localhost` or a loopback address, with any port. Any other name may be one
 * that a page made the browser resolve to 127.0.0.1 (DNS rebinding).
 */
export function isLoopbackHost(host: string): boolean {
	const [, bracketed, name = ''] = /^(?:\[([0-9a-f:.]{2,45})\]|([a-z0-9.-]{1,253}))(?::\d{1,5})?$/i.exec(host) ?? [];
	return bracketed === undefined
		? name.toLowerCase() === 'localhost' || isLoopbackAddress(name)
		: isIP(bracketed) === 6 && isLoopbackAddress(bracketed);
}
