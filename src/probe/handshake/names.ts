import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';

import { formatIpv6 } from '../../registry/ipAddress.ts';
import { printable } from '../../registry/redact.ts';
import { bytesOf } from '../../registry/reservedAddress.ts';
import type { Names } from './extensions.ts';
import { namesOf } from './known.ts';

const maximumNames = 20;

/** DNS names and addresses of a certificate, at most 20, safe to print. */
export function alternativeNames(certificate: X509Certificate): string[] {
	const { dns, ip } = namesOf(certificate);
	return [...dns.slice(0, maximumNames).map((name) => printable(name, 253)), ...ip.map(addressOf)].slice(
		0,
		maximumNames,
	);
}

/**
 * Why a certificate is not one for this host, as Go judges (https://go.dev/src/crypto/x509/verify.go, VerifyHostname):
 * a name must be among the alternative ones, the common name does not count, a wildcard stands for one whole label,
 * the first. Undefined when the certificate fits.
 */
export function nameFault(leaf: X509Certificate, hostname: string): string | undefined {
	const name = hostname.replace(/\.$/, '').replace(/%.*$/, '').toLowerCase();
	const { dns, ip } = namesOf(leaf);
	if (isIP(name) === 0 ? dns.some((pattern) => matches(pattern, name)) : hasAddress(ip, name)) return undefined;
	const [first, ...others] = alternativeNames(leaf);
	if (first === undefined) return `the certificate names no host (only a common name), not ${name}`;
	const more = others.length > 4 ? ', …' : '';
	return `the certificate is for ${[first, ...others.slice(0, 4)].join(', ')}${more}, not ${name}`;
}

function matches(pattern: string, name: string): boolean {
	const [first, ...others] = name.split('.');
	const [wanted, ...rest] = pattern.split('.');
	if (name === '' || (wanted !== '*' && wanted !== first)) return false;
	return rest.join('.') === others.join('.');
}

function hasAddress(ip: Names['ip'], name: string): boolean {
	const bytes = bytesOf(name);
	return bytes !== undefined && ip.some((one) => isSame(bytesOf(addressOf(one)), bytes));
}

function isSame(a: Uint8Array | undefined, b: Uint8Array): boolean {
	return a !== undefined && b.every((byte, at) => byte === a[at]);
}

function addressOf(bytes: Uint8Array): string {
	if (bytes.length === 4) return bytes.join('.');
	return bytes.length === 16 ? formatIpv6([...bytes]) : '(no address)';
}
