import { once } from 'node:events';
import { request } from 'node:https';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { connect as connectTls } from 'node:tls';

import { beforeAll, expect, test } from 'vitest';

import { type Authority, createAuthority, type Issued } from '../fakes/authority.ts';
import { aServer } from './world.ts';

let authority: Authority;
let first: Issued;
let second: Issued;

beforeAll(async () => {
	authority = await createAuthority();
	[first, second] = await Promise.all([
		authority.issue({ names: ['127.0.0.1'], commonName: 'first' }),
		authority.issue({ names: ['127.0.0.1'], commonName: 'second' }),
	]);
});

const pairOf = ({ chain, key }: Issued) => ({ certificate: chain, key });

async function ask(port: number, path: string): Promise<{ readonly status: number; readonly body: string }> {
	const sent = request({ host: '127.0.0.1', port, path, ca: authority.pem, agent: false }).end();
	const [response] = await once(sent, 'response');
	return { status: response.statusCode, body: await text(response) };
}

/** The name in the certificate that the server shows. */
async function shown(port: number, version: 'TLSv1.2' | 'TLSv1.3' = 'TLSv1.3'): Promise<string> {
	const options = { host: '127.0.0.1', port, ca: authority.pem, minVersion: version, maxVersion: version };
	const socket = connectTls(options);
	await once(socket, 'secureConnect');
	const { subject } = socket.getPeerCertificate();
	socket.destroy();
	return String(subject.CN);
}

test('the same is served over TLS', async () => {
	const { address } = await aServer({}, { tls: pairOf(first) });
	expect(await ask(address.port, '/healthz')).toMatchObject({ status: 200 });
	expect(await ask(address.port, '/api/v1/plan')).toMatchObject({ status: 200 });
});

test.each(['TLSv1.2', 'TLSv1.3'] as const)('%s is spoken', async (version) => {
	const { address } = await aServer({}, { tls: pairOf(first) });
	expect(await shown(address.port, version)).toBe('first');
});

test('another certificate is shown from the next connection on', async () => {
	const server = await aServer({}, { tls: pairOf(first) });
	expect(await shown(server.address.port)).toBe('first');
	server.renew(pairOf(second));
	expect(await shown(server.address.port)).toBe('second');
});

test('a pair that cannot be used leaves the one before', async () => {
	const server = await aServer({}, { tls: pairOf(first) });
	expect(() => server.renew({ certificate: 'none', key: first.key })).toThrow('PEM');
	expect(await shown(server.address.port)).toBe('first');
});

test('who speaks plain HTTP is not answered', async () => {
	const { address } = await aServer({}, { tls: pairOf(first) });
	const socket = connect(address.port, '127.0.0.1');
	socket.on('error', () => {});
	await once(socket, 'connect');
	socket.write('GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n');
	expect(await text(socket).catch(() => '')).not.toContain('HTTP/1.1 200');
});

test('a handshake that never ends is cut', async () => {
	const { address } = await aServer({}, { tls: pairOf(first), limits: { headTimeout: 200 } });
	const socket = connect(address.port, '127.0.0.1');
	socket.on('error', () => {});
	const began = performance.now();
	await text(socket).catch(() => '');
	expect(performance.now() - began).toBeLessThan(3000);
});
