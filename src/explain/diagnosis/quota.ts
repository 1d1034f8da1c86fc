import type { RegistrySight } from './registries.ts';

/** What a registry said last about its quota, in words; undefined where it did not, or where a tenth and more is left. */
export function quotaOf({ states }: RegistrySight): string | undefined {
	for (const { latest } of states) {
		for (const { facts } of latest?.records ?? []) {
			const { limit, remaining, source } = (facts?.['ratelimit'] ?? {}) as Readonly<Record<string, unknown>>;
			if (typeof remaining !== 'number' || typeof limit !== 'number' || remaining * 10 >= limit) continue;
			return `${remaining} of ${limit} pulls left${typeof source === 'string' ? ` for ${source}` : ''}`;
		}
	}
	return undefined;
}
