import type { Observation } from '../probe/observation.ts';
import type { Reason } from '../reasons/reason.ts';

/** What an attempt says about the login that it was made with. */
export type LoginVerdict = { readonly success: true } | { readonly success: false; readonly reason: Reason };

/** The registry, or its token service, judges the login by these. */
const refusals: ReadonlySet<Reason> = new Set(['auth_rejected', 'auth_denied']);
/** What is told only to those who may read the repository. */
const contents: ReadonlySet<Reason> = new Set(['manifest_not_found', 'manifest_invalid', 'platform_not_found']);

/**
 * Whether a login that was shown in this attempt works for its image. Undefined where the attempt says nothing about it:
 * the path broke before or elsewhere, nobody asked for a login, it was withheld, or the repository is not there or hidden,
 * which look alike.
 */
export function loginVerdict({ records }: Observation): LoginVerdict | undefined {
	const challenge = records.find(({ stage }) => stage === 'challenge');
	const asked = challenge?.outcome === 'success' && challenge.facts?.['scheme'] !== 'none';
	const withheld = records.some(({ role, facts }) => role === 'token' && facts?.['downgraded'] === true);
	if (!asked || withheld) return undefined;
	for (const record of records.filter(({ role, stage }) => role === 'token' || stage === 'manifest')) {
		if (record.outcome === 'success' && record.stage === 'manifest') return { success: true };
		if (record.outcome === 'success') continue;
		const { role, reason } = record;
		if (role !== 'redirect' && refusals.has(reason)) return { success: false, reason };
		return role === 'registry' && contents.has(reason) ? { success: true } : undefined;
	}
	return undefined;
}
