import type { Target } from '../../src/plan/target.ts';
import type { Observation } from '../../src/probe/observation.ts';
import type { Issued } from '../fakes/authority.ts';
import { makePlain } from './plain.ts';
import { attempt, names } from './world.ts';

export interface Shown {
	readonly issued: Issued;
	/** PEM of what the node trusts. */
	readonly trusted: string;
	/** The host that is asked for. Default: the registry's name. */
	readonly hostname?: string | undefined;
}

/** One attempt on a registry that shows this certificate. */
export async function shown(
	{ issued, trusted, hostname = names.registry }: Shown,
	change: Partial<Target> = {},
): Promise<Observation> {
	await using plain = await makePlain({ tls: { key: issued.key, cert: issued.chain, ciphers: 'DEFAULT@SECLEVEL=0' } });
	const node = await plain.node({ hosts: { [hostname]: '127.0.0.1' }, bundle: trusted });
	const endpoint = { ...plain.target().endpoint, hostname };
	return await attempt(node, plain.target({ timeout: 3, ...change, endpoint }));
}

/** `registry tls reason`, or `none`: what a table of certificates leaves out. */
export function verdictAtTls(reason: string): string {
	return reason === 'none' ? 'none' : `registry tls ${reason}`;
}
