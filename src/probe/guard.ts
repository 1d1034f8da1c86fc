import { isLinkLocalOrMetadata, isLoopback } from '../registry/reservedAddress.ts';

/** A host that a registry may not send anyone to. Turned into a reason of whoever named the host. */
export class Refused extends Error {
	override readonly name = 'Refused';
}

/**
 * Refuses addresses that a foreign server has no business to name: link-local and cloud metadata always, loopback
 * unless the registry itself is there. Throws `Refused`.
 */
export function guard(hostname: string, addresses: readonly string[], registryIsLocal: boolean): void {
	const reserved = addresses.find(isLinkLocalOrMetadata);
	if (reserved) throw new Refused(`${hostname} is at ${reserved}, a link-local or metadata address`);
	const local = registryIsLocal ? undefined : addresses.find(isLoopback);
	if (local) throw new Refused(`${hostname} is at ${local}, a loopback address, and the registry is not`);
}
