import { expect, test } from 'vitest';
import { untimed } from '../../src/probe/untimed.ts';
import { aTarget, anAttempt, broke, passed } from '../store/literals.ts';

test('no time or speed of a stage is left, everything else is', () => {
	const facts = {
		addresses: [{ address: '192.0.2.1', family: 'ipv4', state: 'reachable', seconds: 0.1 }],
		nameservers: [{ server: '192.0.2.53', family: 'ipv4', success: true, seconds: 0.2 }],
		bytesPerSecond: 1_000_000,
		status: 200,
	};
	const found = untimed(anAttempt(aTarget(), [passed('registry tcp', facts), broke('registry tls', 'tls_expired')]));
	expect(JSON.stringify(found.records)).not.toMatch(/seconds|bytesPerSecond/i);
	expect(found.records).toMatchObject([
		{
			outcome: 'success',
			facts: { addresses: [{ state: 'reachable' }], nameservers: [{ success: true }], status: 200 },
		},
		{ outcome: 'failure', reason: 'tls_expired', detail: 'it broke' },
	]);
	expect(found.seconds).toBe(1);
});

test('addresses of a name stay as they are', () => {
	const found = untimed(anAttempt(aTarget(), [passed('registry dns', { addresses: ['192.0.2.1'] })]));
	expect(found.records[0]?.facts).toEqual({ addresses: ['192.0.2.1'] });
});
