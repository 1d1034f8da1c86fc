import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { codeOf } from './ask.ts';
import { startDns } from './dns.ts';

describe('dns', () => {
	const answers = {
		'a.test': { A: ['127.0.0.1', '127.0.0.2'], AAAA: ['::1'] },
		'alias.test': { CNAME: 'a.test' },
		'long.test': { A: ['127.0.0.3'], truncate: true },
		'broken.test': { rcode: 'SERVFAIL' },
		'silent.test': { silent: true },
	} as const;

	test('answers over UDP, and over TCP what did not fit', async () => {
		await using server = await startDns({ answers });
		const resolver = new Resolver({ timeout: 200, tries: 1 });
		resolver.setServers([server.nameserver]);
		expect(await resolver.resolve4('a.test')).toEqual(['127.0.0.1', '127.0.0.2']);
		expect(await resolver.resolve6('alias.test')).toEqual(['::1']);
		expect(await resolver.resolve4('long.test')).toEqual(['127.0.0.3']);
		expect(await codeOf(resolver.resolve4('unknown.test'))).toBe('ENOTFOUND');
		expect(await codeOf(resolver.resolve4('broken.test'))).toBe('ESERVFAIL');
		expect(await codeOf(resolver.resolve4('silent.test'))).toBe('ETIMEOUT');
		expect(server.queries).toContainEqual({ name: 'long.test', type: 'A', transport: 'tcp' });
	});

	test('without TCP the port is closed', async () => {
		await using server = await startDns({ answers, tcp: false });
		expect(await codeOf(once(connect(server.port, '127.0.0.1'), 'connect'))).toBe('ECONNREFUSED');
	});
});
