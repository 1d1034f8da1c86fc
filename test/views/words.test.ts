import { describe, expect, test } from 'vitest';
import type { StageRecord } from '../../src/probe/observation.ts';
import { findingOf } from '../../src/views/words/finding.ts';
import { pathOf } from '../../src/views/words/path.ts';
import { byteSize, milliseconds, span } from '../../src/views/words/quantities.ts';
import { warningsOf } from '../../src/views/words/warnings.ts';
import { aTarget, anObservation, broke, certified, dialled, now, reached, resolved, worked } from './builders.ts';

const host = 'registry-1.docker.io';
const on = (stage: StageRecord['stage'], facts: StageRecord['facts']) => worked('registry', host, stage, 0.01, facts);

describe('what a stage found', () => {
	test.each<[string, StageRecord]>([
		['3 IPv4 + 1 IPv6 from 10.0.0.2', on('dns', resolved(['1.1.1.1', '1.1.1.2', '1.1.1.3', '2001:db8::1']))],
		['1 IPv4 from 10.0.0.3; 10.0.0.2 silent', on('dns', resolved(['1.1.1.1'], ['10.0.0.3'], ['10.0.0.2']))],
		['1 IPv4 from /etc/hosts', on('dns', { source: 'hosts', addresses: ['10.1.1.1'], nameservers: [] })],
		['10.1.1.1 answers', on('tcp', dialled(['10.1.1.1']))],
		['all 2 addresses answer', on('tcp', dialled(['10.1.1.1', '10.1.1.2']))],
		['1 of 2 addresses answer (10.1.1.2 unreachable)', on('tcp', dialled(['10.1.1.1'], ['10.1.1.2']))],
		['64:ff9b::a01:101 answers, by NAT64 to 10.1.1.1', on('tcp', dialled(['64:ff9b::a01:101']))],
		[
			'1 of 2 addresses answer (10.1.1.1 unreachable), by NAT64 to 10.1.1.1',
			on('tcp', dialled(['64:ff9b::a01:101'], ['10.1.1.1'])),
		],
		['through http://proxy.corp:3128', on('proxy', { proxy: 'http://proxy.corp:3128' })],
		['TLS 1.3, certificate by Amazon, 143 days left', on('tls', certified(143))],
		['TLS 1.3, certificate by Amazon, 1 day left, not verified', on('tls', { ...certified(1), verified: false })],
		['open: no login asked', on('challenge', { scheme: 'none' })],
		['Basic: user and password', on('challenge', { scheme: 'basic' })],
		['Bearer, realm auth.docker.io', on('challenge', { scheme: 'bearer', realm: 'https://auth.docker.io/token' })],
		['token given for 5 min', on('token', { lifetimeSeconds: 300 })],
		['found, 8 of 100 pulls left', on('manifest', { status: 200, ratelimit: { limit: 100, remaining: 8 } })],
		['a registry: answers 404 for a/b:1', on('manifest', { asked: 'a/b:1', answered: 404 })],
		['64 KiB read, 2.3 MiB/s', on('blob', { bytes: 65_536, bytesPerSecond: 2_400_000 })],
	])('%s', (said, record) => {
		expect(findingOf(record, now)).toBe(said);
	});

	test('a failure shows its detail without the secrets of URLs', () => {
		const detail = 'GET https://user:hunter2@cdn.example/blob?X-Amz-Signature=abcdef was refused';
		const said = findingOf(broke('blob', 'cdn.example', 'blob', { reason: 'http_forbidden', detail }), now);
		expect(said).toContain('https://cdn.example/blob');
		expect(said).not.toMatch(/hunter2|abcdef/);
	});
});

describe('what will be a fault tomorrow', () => {
	const warnings = (record: StageRecord, change = {}) => {
		const target = aTarget(change);
		return warningsOf(target, anObservation(target, [record]), now);
	};

	test.each<[string, StageRecord]>([
		[
			'Nameserver 10.0.0.3 is silent: look-ups that reach it take 5 s longer.',
			on('dns', resolved(['1.1.1.1'], ['10.0.0.2'], ['10.0.0.3'])),
		],
		[
			'1 of 2 addresses of registry-1.docker.io is dead (10.1.1.2): pulls that meet it are late.',
			on('tcp', dialled(['10.1.1.1'], ['10.1.1.2'])),
		],
		[
			'1 of 2 addresses of registry-1.docker.io is dead (10.1.1.2): pulls that meet it are late.',
			on('tcp', {
				used: '10.1.1.1',
				addresses: [
					{ address: '10.1.1.1', family: 'ipv4', state: 'reachable', seconds: 0.01 },
					{ address: '10.1.1.2', family: 'ipv4', state: 'unreachable', reason: 'tcp_unreachable' },
				],
			}),
		],
		['The certificate of registry-1.docker.io ends in 20 days (2026-03-21).', on('tls', certified(20))],
		[
			'docker.io leaves 19 of 100 pulls in 6 h.',
			on('manifest', { ratelimit: { limit: 100, remaining: 19, windowSeconds: 21_600 } }),
		],
		[
			'docker.io leaves 0 pulls, counted for 203.0.113.7.',
			on('manifest', { ratelimit: { remaining: 0, source: '203.0.113.7' } }),
		],
		["This node's clock is 31 s ahead of that of registry-1.docker.io.", on('manifest', { clockSkewSeconds: -31 })],
		[
			'registry-1.docker.io redirects from https to plain http (cdn.example).',
			on('blob', { redirects: ['http://cdn.example/x'] }),
		],
		[
			'registry-1.docker.io hands out tokens over plain http: no login is sent to it.',
			on('token', { downgraded: true }),
		],
	])('%s', (said, record) => {
		expect(warnings(record)).toEqual([said]);
	});

	test('an unverified certificate', () => {
		expect(warnings(on('tls', certified(90)), { insecure: true })).toEqual([
			'The certificate of registry-1.docker.io is not verified (insecure).',
		]);
	});

	test.each<[string, StageRecord]>([
		['a certificate that lasts three weeks', on('tls', certified(21))],
		['a fifth of the quota', on('manifest', { ratelimit: { limit: 100, remaining: 20 } })],
		['a clock that is 30 s off', on('manifest', { clockSkewSeconds: 30 })],
		[
			'IPv6 addresses without a route',
			on('tcp', {
				addresses: [{ address: '2001:db8::1', family: 'ipv6', state: 'unreachable', reason: 'tcp_unreachable' }],
			}),
		],
		[
			'IPv4 addresses without a route, where none has one',
			on('tcp', {
				used: '2001:db8::1',
				addresses: [
					{ address: '2001:db8::1', family: 'ipv6', state: 'reachable', seconds: 0.01 },
					{ address: '10.1.1.1', family: 'ipv4', state: 'unreachable', reason: 'tcp_unreachable' },
				],
			}),
		],
	])('not %s', (_, record) => {
		expect(warnings(record)).toEqual([]);
	});
});

describe('the path', () => {
	test('a host that the pull comes back to has a second leg', () => {
		const records = [...reached('registry', host), ...reached('token', 'auth.docker.io'), on('manifest', {})];
		const { legs } = pathOf(aTarget(), { records });
		expect(legs.map(({ role, peer, records: walked }) => [role, peer, walked.length])).toEqual([
			['registry', host, 3],
			['token', 'auth.docker.io', 3],
			['registry', host, 1],
		]);
	});

	const failed = (role: StageRecord['role'], stage: StageRecord['stage']) =>
		broke(role, host, stage, { reason: 'unknown', detail: '' });
	test.each([
		['the first look-up', [failed('registry', 'dns')], 'tcp tls challenge manifest blob'],
		['the first handshake', [failed('registry', 'tls')], 'challenge manifest blob'],
		['the proxy', [failed('registry', 'proxy')], 'tls challenge manifest blob'],
		['the token', [on('challenge', { scheme: 'bearer' }), failed('token', 'token')], 'manifest blob'],
		[
			'the way to a Bearer token',
			[on('challenge', { scheme: 'bearer' }), failed('token', 'tcp')],
			'tls token manifest blob',
		],
		['the manifest', [on('challenge', {}), failed('registry', 'manifest')], 'blob'],
		['the way to the blob host', [on('challenge', {}), on('manifest', {}), failed('blob', 'dns')], 'tcp tls blob'],
		['the blob', [on('challenge', {}), on('manifest', {}), failed('blob', 'blob')], ''],
	])('behind %s lies what was not reached', (_, records, ahead) => {
		expect(pathOf(aTarget(), { records }).ahead.join(' ')).toBe(ahead);
	});

	test('nothing lies ahead that the target does not have', () => {
		const { blob: _, ...others } = aTarget({ endpoint: { scheme: 'http', hostname: 'localhost', port: 5000 } });
		expect(pathOf(others, { records: [failed('registry', 'dns')] }).ahead).toEqual(['tcp', 'challenge', 'manifest']);
	});
});

test('quantities carry their units', () => {
	expect([0.0004, 0.0123, 10].map(milliseconds)).toEqual(['<1 ms', '12 ms', '10 000 ms']);
	expect([0.3, 1.5, 90, 180, 7200, 400_000].map(span)).toEqual(['300 ms', '1 s', '90 s', '3 min', '2 h', '4 d']);
	expect([0, 512, 2459, 65_536, 3e9].map(byteSize)).toEqual(['0 B', '512 B', '2.4 KiB', '64 KiB', '2.8 GiB']);
});
