import { expect, test } from 'vitest';
import { isSameFault } from '../../../src/explain/diagnosis/sameFault.ts';
import type { Sighting } from '../../../src/explain/diagnosis/sighting.ts';
import { readMessage } from '../../../src/explain/readMessage.ts';
import { probeReasons, type Reason } from '../../../src/reasons/reason.ts';
import { type Case, cases } from '../recorded.ts';

/** Texts that tell of another fault than the one that a probe meets, and why. */
const others: Readonly<Record<string, string>> = {
	'mirror-refused-upstream-404': 'the text names the mirror, the first that failed',
	'mirror-refused-upstream-nxdomain': 'the text names the mirror, the first that failed',
	'token-401-invalid': 'the text takes an anonymous token for a login',
};

const isProbed = (reason: string): reason is Reason => (probeReasons as readonly string[]).includes(reason);

/** The fault that was put before the runtime, as a probe of the same node meets it. */
function sightingOf({ role, stage = 'manifest', reason, text }: Case): Sighting | undefined {
	if (!isProbed(reason)) return undefined;
	const host = readMessage(text).host ?? 'registry.example';
	return { by: 'image', at: 0, role, stage, reason, host, detail: '', login: 'none', throughPlainProxy: false };
}

test('what runtimes printed for a fault fits what a probe of it meets, but for texts that name another', () => {
	const strange = cases.flatMap((one) => {
		const seen = sightingOf(one);
		return seen && !isSameFault(readMessage(one.text), seen) ? [one.scenario] : [];
	});
	expect([...new Set(strange)].toSorted()).toEqual(Object.keys(others).toSorted());
});

test('a text fits no fault of another cause at the same place', () => {
	const refused = cases.filter(({ reason, role }) => reason === 'tcp_refused' && role === 'registry');
	const wrong = refused.flatMap((one) => {
		const seen = sightingOf(one);
		return (['manifest_not_found', 'auth_rejected', 'tls_untrusted', 'dns_timeout', 'rate_limited'] as const).filter(
			(reason) => seen && isSameFault(readMessage(one.text), { ...seen, reason }),
		);
	});
	expect(refused.length).toBeGreaterThan(0);
	expect(wrong).toEqual([]);
});
