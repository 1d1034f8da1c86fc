import { describe, expect, test } from 'vitest';

import { recordOf, verdict } from '../probe/world.ts';
import { ending } from './expectations.ts';
import { fromHost, toHost } from './firewall.ts';
import { suite } from './suite.ts';

suite('what flows', (lab) => {
	describe('reset', () => {
		test.each<readonly ['registry' | 'token' | 'blob', string]>([
			['registry', 'registry challenge'],
			['token', 'token token'],
			['blob', 'blob blob'],
		])('by the %s host after the request', async (name, at) => {
			const { node, [name]: host } = lab();
			await host.change({ respond: 'reset' });
			expect(verdict(await node.attempt())).toBe(`${at} connection_reset`);
		});

		test('on the way after the request', async () => {
			const { node, token, way } = lab();
			// A hello and the end of the handshake have gone through; the request has not.
			await way.set(toHost(token, 'meta l4proto tcp quota over 2100 bytes reject with tcp reset'));
			expect(verdict(await node.attempt())).toBe('token token connection_reset');
		});

		test('on the way in the body', async () => {
			const { node, blob, way } = lab();
			await blob.change({ pace: { bytesPerSecond: 50_000 } });
			await way.set(toHost(blob, 'meta l4proto tcp quota over 3000 bytes reject with tcp reset'));
			const { verdict: at, facts } = ending(await node.attempt());
			expect(at).toBe('blob blob connection_reset');
			expect(facts['bytes']).toBeGreaterThan(0);
			expect(facts['bytes']).toBeLessThan(65_536);
		});
	});

	describe('silence', () => {
		test.each<readonly ['registry' | 'token' | 'blob', string]>([
			['registry', 'registry challenge'],
			['token', 'token token'],
			['blob', 'blob blob'],
		])('of the %s host after the request', async (name, at) => {
			const { node, [name]: host } = lab();
			await host.change({ respond: 'silence' });
			expect(verdict(await node.attempt())).toBe(`${at} http_timeout`);
		});

		test('on the way in the body', async () => {
			const { node, blob, way } = lab();
			await blob.change({ pace: { bytesPerSecond: 200_000 } });
			await way.set(fromHost(blob, 'meta l4proto tcp quota over 30 kbytes drop'));
			const { verdict: at, facts } = ending(await node.attempt({ timeout: 2 }));
			expect(at).toBe('blob blob body_stalled');
			expect(facts['bytes']).toBeGreaterThan(0);
		});
	});

	test('a link throttled to 50 kB a second is slow, not broken', async () => {
		const { node, router } = lab();
		const shaper = [
			'qdisc',
			'replace',
			'dev',
			node.link,
			'root',
			'tbf',
			'rate',
			'400kbit',
			'burst',
			'3kb',
			'latency',
			'2s',
		];
		await router.run('tc', shaper);
		const observation = await node.attempt({ timeout: 5 });
		await router.run('tc', ['qdisc', 'del', 'dev', node.link, 'root']);
		expect(verdict(observation)).toBe('none');
		const { facts } = recordOf(observation, 'blob', 'blob');
		expect(facts).toMatchObject({ bytes: 65_536 });
		expect(facts?.['bytesPerSecond']).toBeGreaterThan(40_000);
		expect(facts?.['bytesPerSecond']).toBeLessThan(55_000);
	});

	test('every fifth packet is lost', async () => {
		const { node, registry, way } = lab();
		await way.set(fromHost(registry, 'numgen inc mod 5 == 4 drop'));
		expect(verdict(await node.attempt({ timeout: 5 }))).toBe('none');
	});
});
