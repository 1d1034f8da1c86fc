import { describe, expect, test } from 'vitest';

import type { Runtime } from '../../src/plan/pullHost.ts';
import type { Target } from '../../src/plan/target.ts';
import type { Facts, StageRecord } from '../../src/probe/observation.ts';
import { pullVerdicts } from '../../src/verdict/pullVerdict.ts';
import { aTarget, anAttempt, broke, passed } from '../store/literals.ts';

const crio: Runtime = { name: 'cri-o', version: '1.37.0' };

function delays(hosts: readonly (readonly [readonly StageRecord[], Partial<Target>?])[], runtime?: Runtime) {
	const walked = hosts.map(([records, change], at) => {
		const target = aTarget({ host: `host-${at}`, ...change });
		return { target, latest: anAttempt(target, records) };
	});
	return pullVerdicts(walked, runtime)[0]?.delays;
}

const answered = (server: string, family = 'ipv4') => ({ server, family, success: true, seconds: 0.01 });
const silent = (server: string, family = 'ipv4') => ({ server, family, success: false, reason: 'dns_timeout' });
const nobody = (server: string, family = 'ipv4') => ({ server, family, success: false, reason: 'dns_unreachable' });
const named = (...nameservers: readonly object[]): readonly StageRecord[] => [
	passed('registry dns', { nameservers } as Facts),
	passed('registry manifest'),
];

const up = (address: string, family = 'ipv4') => ({ address, family, state: 'reachable' });
const drops = (address: string, family = 'ipv4') => ({ address, family, state: 'unreachable', reason: 'tcp_timeout' });
const refuses = (address: string, family = 'ipv4') => ({
	address,
	family,
	state: 'unreachable',
	reason: 'tcp_refused',
});
const dialled = (...addresses: readonly object[]): readonly StageRecord[] => [
	passed('registry tcp', { addresses } as Facts),
	passed('registry manifest'),
];

/** Beside each: how late the same pull was when it was measured. */
describe('names', () => {
	test.each([
		['all well', named(answered('a')), undefined],
		['the first of two nameservers is silent (10.3 s)', named(silent('a'), answered('b')), { dead_nameserver: 10 }],
		['the second is silent', named(answered('a'), silent('b')), undefined],
		['the first refuses at once', named(nobody('a'), answered('b')), undefined],
		['questions for IPv6 are dropped (20 s)', named(answered('a'), silent('a', 'ipv6')), { dropped_family: 20 }],
		[
			'no IPv6 from the second server, nothing from the first',
			named(silent('a'), silent('a', 'ipv6'), answered('b'), silent('b', 'ipv6')),
			{ dead_nameserver: 10, dropped_family: 30 },
		],
	])('%s', (_what, records, expected) => {
		expect(delays([[records]])).toEqual(expected);
	});
});

describe('addresses', () => {
	test.each([
		['all well', dialled(up('1'), up('2')), undefined],
		['the first of two drops (30.7 s)', dialled(drops('1'), up('2')), { dead_address: 30 }],
		['the second of two drops', dialled(up('1'), drops('2')), undefined],
		['the first of two refuses (0.3 s)', dialled(refuses('1'), up('2')), undefined],
		['two of three drop', dialled(drops('1'), drops('2'), up('3')), { dead_address: 40 }],
		['IPv6 in front drops, IPv4 answers (0.9 s)', dialled(drops('1', 'ipv6'), up('2')), { dead_address: 0.6 }],
		['IPv6 in front refuses, IPv4 answers (0.3 s)', dialled(refuses('1', 'ipv6'), up('2')), undefined],
		['IPv6 in front answers, IPv4 drops', dialled(up('1', 'ipv6'), drops('2')), undefined],
	])('%s', (_what, records, expected) => {
		expect(delays([[records]])).toEqual(expected);
	});

	test('the token service and the blob host count too, by their connections', () => {
		const facts = { addresses: [drops('1'), up('2')] } as Facts;
		const records = [passed('token tcp', facts), passed('registry manifest'), passed('blob tcp', facts)];
		expect(delays([[records]])).toEqual({ dead_address: 45 });
	});
});

describe('mirrors', () => {
	const green = [passed('registry manifest')];
	const dead = (reason: 'tcp_timeout' | 'tcp_refused' | 'tls_timeout' | 'rate_limited') => [
		broke(`registry ${reason.startsWith('tls') ? 'tls' : 'tcp'}`, reason),
	];

	test('one that drops packets costs its time-out for tag, manifest, configuration and layer', () => {
		expect(delays([[dead('tcp_timeout')], [green]])).toEqual({ dead_mirror: 120 });
	});
	test('the node’s own time-out shortens that (4.8 s)', () => {
		expect(delays([[dead('tcp_timeout'), { dialTimeout: 1 }], [green]])).toEqual({ dead_mirror: 4 });
	});
	test('one that may not resolve tags is not asked for the tag', () => {
		expect(delays([[dead('tcp_timeout'), { capabilities: ['pull'] }], [green]])).toEqual({ dead_mirror: 90 });
	});
	test('CRI-O keeps the host that answered (31 s)', () => {
		expect(delays([[dead('tcp_timeout')], [green]], crio)).toEqual({ dead_mirror: 30 });
	});
	test('one that refuses costs nothing', () => {
		expect(delays([[dead('tcp_refused')], [green]])).toBeUndefined();
	});
	test('two dead ones add up', () => {
		expect(delays([[dead('tls_timeout')], [dead('tls_timeout')], [green]])).toEqual({ dead_mirror: 80 });
	});
	test('one behind the host that serves costs nothing', () => {
		expect(delays([[green], [dead('tcp_timeout')]])).toBeUndefined();
	});
	test('one that limits costs CRI-O its pauses (31 s), and containerd next to nothing', () => {
		expect(delays([[dead('rate_limited')], [green]], crio)).toEqual({ retry: 30 });
		expect(delays([[dead('rate_limited')], [green]])).toBeUndefined();
	});
});

test('a pull that fails is not late', () => {
	expect(delays([[[broke('registry tcp', 'tcp_timeout')]]])).toBeUndefined();
});
