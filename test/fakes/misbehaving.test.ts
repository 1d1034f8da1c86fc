import { once } from 'node:events';
import { connect } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { ask, codeOf } from './ask.ts';
import { createAuthority } from './authority.ts';
import * as misbehaving from './misbehaving.ts';

describe('misbehaving servers', async () => {
	const ca = await createAuthority();
	const { chain, key } = await ca.issue({ names: ['registry.test'] });
	const tls = { cert: chain, key };

	test.each([
		['closes', misbehaving.closes, 'ECONNRESET'],
		['resetsAfterData', misbehaving.resetsAfterData, 'ECONNRESET'],
		['garbageHttp', misbehaving.garbageHttp, 'HPE_INVALID_CONSTANT'],
		['endlessHeaders', misbehaving.endlessHeaders, 'HPE_HEADER_OVERFLOW'],
		['shortBody', misbehaving.shortBody, 'ECONNRESET'],
		['sshBanner', misbehaving.sshBanner, 'HPE_INVALID_CONSTANT'],
	])('%s, in plain text and below TLS', async (_name, behave, expected) => {
		await using plain = await misbehaving.startMisbehaving(behave);
		await using secure = await misbehaving.startMisbehaving(behave, { tls });
		expect(await codeOf(ask(`http://registry.test:${plain.port}/`))).toBe(expected);
		expect(await codeOf(ask(`https://registry.test:${secure.port}/`, { ca: ca.pem }))).toBe(expected);
	});

	test.each([
		['plainHttp', misbehaving.plainHttp, 'EPROTO'],
		['tlsAlert', misbehaving.tlsAlert(40), 'EPROTO'],
		['closesAfterData', misbehaving.closesAfterData, 'ECONNRESET'],
	])('%s, in place of a handshake', async (_name, behave, expected) => {
		await using server = await misbehaving.startMisbehaving(behave);
		expect(await codeOf(ask(`https://registry.test:${server.port}/`, { ca: ca.pem }))).toBe(expected);
		expect(server.received[0]?.[0]).toBe(0x16);
	});

	test('a reset below TLS is a reset of the connection', async () => {
		await using server = await misbehaving.startMisbehaving(misbehaving.resetsAfterData, { tls });
		const socket = connect({ port: server.port, host: '127.0.0.1', servername: 'registry.test', ca: ca.pem });
		socket.write('hello');
		const [error] = (await once(socket, 'error').catch((thrown: unknown) => [thrown])) as [NodeJS.ErrnoException];
		expect(error).toMatchObject({ code: 'ECONNRESET', syscall: 'read' });
	});

	test('a closed port refuses', async () => {
		expect(await codeOf(ask(`http://registry.test:${await misbehaving.closedPort()}/`))).toBe('ECONNREFUSED');
	});
});
