import type { Observation } from '../../probe/observation.ts';
import { numberOf, textOf } from './facts.ts';

/** When the certificate of one host ends. */
export interface Certificate {
	readonly peer: string;
	/** Seconds since the epoch. */
	readonly notAfter: number;
	readonly issuer?: string;
	readonly refused: boolean;
}

/** From here on, in days, an ending certificate is worth a warning. */
export const endingDays = 21;

/** The certificates that an attempt met, one for each host. */
export function certificatesOf({ records }: Pick<Observation, 'records'>): readonly Certificate[] {
	const met = records.flatMap(({ stage, peer, facts, outcome }) => {
		const notAfter = stage === 'tls' ? numberOf(facts, 'notAfter') : undefined;
		if (notAfter === undefined) return [];
		const issuer = textOf(facts, 'issuer');
		return [
			[peer, { peer, notAfter, refused: outcome === 'failure', ...(issuer !== undefined && { issuer }) }] as const,
		];
	});
	return [...new Map<string, Certificate>(met).values()];
}
