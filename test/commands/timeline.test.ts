import { expect, test } from 'vitest';

import { createTimeline } from '../../src/commands/timeline.ts';
import type { StageRecord } from '../../src/probe/observation.ts';
import { aTarget, anAttempt, passed } from '../store/literals.ts';

const hub = aTarget();

/** What is told of Docker Hub after attempts with these records, one a second. */
function told(...attempts: readonly StageRecord[]): readonly string[] {
	const timeline = createTimeline();
	attempts.forEach((record, at) => timeline.see(anAttempt(hub, [record], { startedAt: at * 1000 })));
	const [started, ...changes] = timeline.around('docker.io');
	expect(started?.text).toBe('the node was started');
	return changes.map(({ at, text }) => `${at} ${text}`);
}

const certificate = (issuer: string, notAfter: number) => passed('registry tls', { issuer, notAfter });
const addresses = (...all: readonly string[]) => passed('registry dns', { addresses: all });
const [may, june] = [Date.UTC(2027, 4, 1) / 1000, Date.UTC(2027, 5, 1) / 1000];

test('a certificate that was renewed, and one of another issuer', () => {
	expect(told(certificate('Amazon', may), certificate('Amazon', june), certificate('Corp Proxy', june))).toEqual([
		'1 the certificate of registry.example was renewed: valid until 2027-06-01',
		'2 the certificate of registry.example is by Corp Proxy now, before by Amazon',
	]);
});

test('certificates that take turns are told once', () => {
	const turns = [certificate('Amazon', may), certificate('Amazon', june), certificate('Amazon', may)];
	expect(told(...turns, ...turns)).toHaveLength(1);
});

test('addresses are others only when none of them was seen before', () => {
	expect(told(addresses('192.0.2.1', '192.0.2.2'), addresses('192.0.2.2', '192.0.2.3'))).toEqual([]);
	expect(told(addresses('192.0.2.1'), addresses('198.51.100.1'))).toEqual([
		'1 registry.example has other addresses: 198.51.100.1, before 192.0.2.1',
	]);
});

test('another token service', () => {
	const token = (peer: string): StageRecord => ({ ...passed('token token'), peer });
	expect(told(token('auth.docker.io'), token('auth.docker.io'), token('evil.example'))).toEqual([
		'2 tokens for docker.io come from evil.example now, before from auth.docker.io',
	]);
});

test('other mirrors, each time', () => {
	const timeline = createTimeline();
	const mirror = aTarget({ host: 'mirror.example', via: 'mirror' });
	for (const targets of [[mirror, hub], [mirror, hub], [hub], [mirror, hub]]) timeline.plan(targets);
	expect(timeline.around('docker.io').map(({ text }) => text)).toEqual([
		'the node was started',
		'docker.io is asked through registry-1.docker.io now, before through mirror.example, registry-1.docker.io',
		'docker.io is asked through mirror.example, registry-1.docker.io now, before through registry-1.docker.io',
	]);
	expect(timeline.around('ghcr.io')).toHaveLength(1);
});

test('what is kept is bounded', () => {
	const timeline = createTimeline();
	for (let at = 0; at < 1000; at++) {
		timeline.see(anAttempt(hub, [certificate(`Issuer ${at}`, at)], { startedAt: at * 1000 }));
	}
	expect(timeline.around('docker.io').length).toBeLessThanOrEqual(201);
});
