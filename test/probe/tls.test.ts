import { createServer } from 'node:tls';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Target } from '../../src/plan/target.ts';
import type { Observation } from '../../src/probe/observation.ts';
import { type Authority, createAuthority, type Issued } from '../fakes/authority.ts';
import type { Tls } from '../fakes/acceptor.ts';
import { listen } from '../fakes/listener.ts';
import * as misbehaving from '../fakes/misbehaving.ts';
import { makePlain, type Plain } from './plain.ts';
import { attempt, names, recordOf, trail, verdict } from './world.ts';

let authority: Authority;
let ecdsa: Issued;
let rsa: Issued;
let plain: Plain;
beforeAll(async () => {
	authority = await createAuthority();
	ecdsa = await authority.issue({ names: [names.registry] });
	rsa = await authority.issue({ names: [names.registry], keyType: 'rsa' });
	plain = await makePlain();
});
afterAll(() => plain[Symbol.asyncDispose]());

async function at(port: number, change: Partial<Target> = {}): Promise<Observation> {
	const node = await plain.node({ bundle: authority.pem });
	return await attempt(
		node,
		plain.target({ ...change, endpoint: { scheme: 'https', hostname: names.registry, port } }),
	);
}

/** One attempt on a server that does this with each connection, and how many it has taken. */
async function against(
	behave: misbehaving.Misbehaviour,
): Promise<{ observation: Observation; received: readonly Buffer[] }> {
	await using server = await misbehaving.startMisbehaving(behave);
	return { observation: await at(server.port), received: server.received };
}

describe('what the server does in place of a handshake', () => {
	test.each<[string, misbehaving.Misbehaviour, string]>([
		['closes at once', misbehaving.closes, 'tls_closed'],
		['closes after the hello', misbehaving.closesAfterData, 'tls_closed'],
		['resets at once', misbehaving.resets, 'connection_reset'],
		['resets after the hello', misbehaving.resetsAfterData, 'connection_reset'],
		['says nothing', misbehaving.silent, 'tls_timeout'],
		['answers in plain HTTP', misbehaving.plainHttp, 'tls_plaintext_server'],
		['speaks SSH', misbehaving.sshBanner, 'tls_protocol_error'],
		['sends a page', misbehaving.answers('<html>welcome</html>'), 'tls_protocol_error'],
		['sends zeros', misbehaving.answers(Buffer.alloc(100)), 'tls_protocol_error'],
		['refuses', misbehaving.tlsAlert(40), 'tls_handshake_failed'],
		['refuses the version', misbehaving.tlsAlert(70), 'tls_handshake_failed'],
		['does not know the name', misbehaving.tlsAlert(112), 'tls_handshake_failed'],
		['asks for a certificate', misbehaving.tlsAlert(116), 'tls_client_certificate_required'],
		['begins and hangs', misbehaving.answers(Buffer.from([22, 3, 3, 0, 122, 2, 0, 0]), 'silence'), 'tls_timeout'],
		['begins and closes', misbehaving.answers(Buffer.from([22, 3, 3, 0, 122, 2, 0, 0])), 'tls_closed'],
	])('%s', async (_name, behave, reason) => {
		const { observation } = await against(behave);
		expect(verdict(observation)).toBe(`registry tls ${reason}`);
		expect(observation.seconds).toBeLessThan(1);
	});
});

/** One attempt on a registry that speaks TLS like this. */
async function speaking(tls: Tls, change: Partial<Target> = {}): Promise<Observation> {
	await using registry = await makePlain({ tls });
	return await at(registry.registry.port, change);
}

describe('what the two have in common', () => {
	const weak = ':@SECLEVEL=0';
	test.each<[string, () => Tls, string]>([
		['TLS 1.3', () => ({ minVersion: 'TLSv1.3' }), 'none'],
		['TLS 1.2', () => ({ maxVersion: 'TLSv1.2' }), 'none'],
		[
			'TLS 1.1 only',
			() => ({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: `ALL${weak}` }),
			'tls_handshake_failed',
		],
		[
			'RSA key exchange only',
			() => ({ maxVersion: 'TLSv1.2', ciphers: `AES128-GCM-SHA256${weak}` }),
			'tls_handshake_failed',
		],
		[
			'CBC with SHA-256 only',
			() => ({ maxVersion: 'TLSv1.2', ciphers: `ECDHE-RSA-AES128-SHA256${weak}` }),
			'tls_handshake_failed',
		],
		[
			'finite-field Diffie-Hellman only',
			() => ({ maxVersion: 'TLSv1.2', ciphers: `DHE-RSA-AES128-GCM-SHA256${weak}`, dhparam: 'auto' }),
			'tls_handshake_failed',
		],
		['CBC with SHA-1', () => ({ maxVersion: 'TLSv1.2', ciphers: `ECDHE-RSA-AES128-SHA${weak}` }), 'none'],
		['ChaCha20 only', () => ({ maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-CHACHA20-POLY1305' }), 'none'],
	])('%s', async (_name, tls, expected) => {
		const observation = await speaking({ key: rsa.key, cert: rsa.chain, ...tls() });
		expect(verdict(observation)).toBe(expected === 'none' ? 'none' : `registry tls ${expected}`);
	});
});

test('CRI-O refuses CBC altogether', async () => {
	const tls: Tls = {
		key: rsa.key,
		cert: rsa.chain,
		maxVersion: 'TLSv1.2',
		ciphers: 'ECDHE-RSA-AES128-SHA:@SECLEVEL=0',
	};
	expect(verdict(await speaking(tls, { client: 'cri-o' }))).toBe('registry tls tls_handshake_failed');
});

describe('a client certificate', () => {
	const demanding = (maxVersion: 'TLSv1.2' | 'TLSv1.3'): Tls => {
		return { key: ecdsa.key, cert: ecdsa.chain, ca: authority.pem, requestCert: true, maxVersion };
	};

	test('under TLS 1.3 is missed with the first answer, and belongs to tls all the same', async () => {
		const observation = await speaking(demanding('TLSv1.3'));
		expect(verdict(observation)).toBe('registry tls tls_client_certificate_required');
		expect(trail(observation)).toEqual([
			'registry dns',
			'registry tcp',
			'registry tls tls_client_certificate_required',
		]);
		expect(recordOf(observation, 'registry', 'tls').facts).toMatchObject({ version: 'TLS 1.3', verified: true });
	});

	test('under TLS 1.2 is missed in the handshake, where the alert need not say so', async () => {
		const observation = await speaking(demanding('TLSv1.2'));
		expect(
			['tls_handshake_failed', 'tls_client_certificate_required'].map((reason) => `registry tls ${reason}`),
		).toContain(verdict(observation));
	});
});

describe('a large hello', () => {
	test('that is swallowed on the way is named, within one time-out', async () => {
		await using registry = await makePlain({ tls: { key: ecdsa.key, cert: ecdsa.chain } });
		const { observation } = await against(misbehaving.dropsLargeHello(registry.registry.port, 1000));
		expect(verdict(observation)).toBe('registry tls tls_large_hello_blocked');
		expect(observation.seconds).toBeLessThan(0.7);
	});

	test('is really larger than one packet', async () => {
		const { received } = await against(misbehaving.closesAfterData);
		expect(received[0]?.length).toBeGreaterThan(1460);
	});
});

describe('a runtime of a Go before 1.22', () => {
	const rsaOnly = { ciphers: 'AES128-SHA:@SECLEVEL=0', maxVersion: 'TLSv1.2' } as const;
	test.each<readonly [string, Partial<Target>, string]>([
		['takes RSA key exchange as containerd', { olderGo: true }, 'none'],
		['is imitated for no newer containerd', {}, 'registry tls tls_handshake_failed'],
		['is not imitated for CRI-O', { olderGo: true, client: 'cri-o' }, 'registry tls tls_handshake_failed'],
	])('%s', async (_name, change, expected) => {
		await using registry = await makePlain({ tls: { key: rsa.key, cert: rsa.chain, ...rsaOnly } });
		expect(verdict(await at(registry.registry.port, change))).toBe(expected);
	});

	test('greets in one packet, so that none is missed which swallows two', async () => {
		await using registry = await makePlain({ tls: { key: ecdsa.key, cert: ecdsa.chain } });
		await using dropping = await misbehaving.startMisbehaving(
			misbehaving.dropsLargeHello(registry.registry.port, 1000),
		);
		expect(verdict(await at(dropping.port, { olderGo: true }))).toBe('none');
	});
});

describe('manners', () => {
	test('a good handshake needs one connection, names the host, offers no ALPN and resumes nothing', async () => {
		const seen: unknown[] = [];
		const server = createServer({ key: ecdsa.key, cert: ecdsa.chain, ALPNProtocols: ['h2', 'http/1.1'] }, (stream) => {
			const { alpnProtocol, servername } = stream;
			seen.push({ alpnProtocol, servername, reused: stream.isSessionReused() });
			stream.once('data', () => stream.end('HTTP/1.1 500 Nothing\r\nContent-Length: 0\r\n\r\n'));
		});
		await using listening = await listen(server);
		for (let round = 0; round < 2; round++) await at(listening.port);
		const fresh = { alpnProtocol: false, servername: names.registry, reused: false };
		expect(seen).toEqual([fresh, fresh]);
	});

	test('nothing is sent where the certificate is refused', async () => {
		await using registry = await makePlain({ tls: { key: ecdsa.key, cert: ecdsa.chain } });
		const node = await plain.node();
		const endpoint = registry.target().endpoint;
		expect(verdict(await attempt(node, plain.target({ endpoint })))).toBe('registry tls tls_untrusted');
		expect(registry.registry.requests).toEqual([]);
	});
});

describe('a loopback registry that may answer in plain HTTP', () => {
	test('is asked in plain HTTP where it does', async () => {
		await using registry = await makePlain();
		const observation = await at(registry.registry.port, { plainHttpFallback: true });
		expect(verdict(observation)).toBe('none');
		expect(trail(observation)).not.toContain('registry tls');
	});

	test('is asked by TLS where it speaks that', async () => {
		await using registry = await makePlain({ tls: { key: ecdsa.key, cert: ecdsa.chain } });
		const observation = await at(registry.registry.port, { plainHttpFallback: true });
		expect(trail(observation)).toContain('registry tls');
	});
});
