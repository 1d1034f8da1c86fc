import { printable } from '../registry/redact.ts';
import type { Reading } from './reading.ts';

const longestSaid = 300;

/**
 * One reading of several errors, of which at least one is given. kubelet tries one login after the other and tells of
 * all that failed. What they have in common is told; where their reasons differ, none is.
 */
export function merged(readings: readonly [Reading, ...Reading[]]): Reading {
	const [first, ...others] = readings;
	if (others.length === 0) return first;
	const common = <Key extends 'reason' | 'role' | 'stage' | 'host' | 'image'>(key: Key) =>
		others.every((other) => other[key] === first[key]) ? first[key] : undefined;
	const [reason, role, stage, host, image] = [
		common('reason') ?? null,
		common('role'),
		common('stage'),
		common('host'),
		common('image'),
	];
	const could = readings.flatMap((one) => (one.reason === null ? one.open : [one.reason]));
	return {
		reason,
		open: reason === null ? [...new Set(could)] : [],
		...(role && { role }),
		...(stage && { stage }),
		...(host !== undefined && { host }),
		...(image !== undefined && { image }),
		said: printable([...new Set(readings.map(({ said }) => said))].join(' and '), longestSaid),
		outerOnly: false,
		details: reason === null ? {} : first.details,
	};
}
