import type { Pauses } from './pauses.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the text of a state file: pairs of target id and pauses. A target with anything unexpected is left out.
 * Throws `SyntaxError` when the text is not such a file at all.
 */
export function readPauses(text: string, mostTargets: number): [string, Pauses][] {
	const file: unknown = JSON.parse(text);
	if (!isFields(file) || file['version'] !== 1 || !isFields(file['targets'])) {
		throw new SyntaxError('not a state file of version 1');
	}
	return Object.entries(file['targets'])
		.slice(-mostTargets)
		.flatMap(([targetId, pauses]) => {
			const read = isFields(pauses) ? readTarget(pauses) : undefined;
			return read ? [[targetId, read] as [string, Pauses]] : [];
		});
}

function readTarget({ retryAfter, floor, credentials }: Fields): Pauses | undefined {
	if (retryAfter !== undefined && !(isFields(retryAfter) && isTime(retryAfter['until']))) return undefined;
	if (floor !== undefined && floor !== true) return undefined;
	if (credentials !== undefined && !isFields(credentials)) return undefined;
	const login = credentials && readCredentials(credentials);
	if (credentials && !login) return undefined;
	return {
		...(retryAfter && { retryAfter: { until: Number(retryAfter['until']) } }),
		...(floor && { floor: true as const }),
		...(login && { credentials: login }),
	};
}

function readCredentials({ fingerprint, rejections, until }: Fields): Pauses['credentials'] {
	if (typeof fingerprint !== 'string' || fingerprint.length > 64) return undefined;
	if (!Number.isSafeInteger(rejections) || Number(rejections) < 1 || !isTime(until)) return undefined;
	return { fingerprint, rejections: Number(rejections), until };
}

function isFields(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTime(value: unknown): value is number {
	return typeof value === 'number' && Number.isFinite(value);
}
