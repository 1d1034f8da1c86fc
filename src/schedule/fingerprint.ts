import { createHash } from 'node:crypto';
import type { Logins } from '../probe/probe.ts';

/**
 * Tells one registry login from another without holding it. Only 32 bits are kept: enough to see that a login
 * changed, far too few to find a password by trying.
 */
export function fingerprintOf({ registry }: Logins): string {
	if (!registry) return 'none';
	const text = JSON.stringify([registry.username, registry.password.reveal()]);
	return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
