import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ask } from './ask.ts';
import { createAuthority, ended, selfSigned } from './authority.ts';
import type { Authority, Issued } from './authority.ts';
import { startHttp } from './http.ts';

/** What a TLS client says that trusts `ca`, or `ok`. */
async function judge(issued: Issued, ca: Authority, name = 'registry.test'): Promise<string | undefined> {
	await using server = await startHttp({ tls: { cert: issued.chain, key: issued.key } }, () => ({ status: 200 }));
	try {
		await ask(server.origin(name), { ca: ca.pem });
		return 'ok';
	} catch (error) {
		return error instanceof Error ? error.message : undefined;
	}
}

describe('authority', async () => {
	const ca = await createAuthority();
	const names = ['registry.test'];

	test('issues what a client that trusts the root takes', async () => {
		expect(await judge(await ca.issue({ names }), ca)).toBe('ok');
	});

	test('issues through an intermediate, and fails where the chain is left out', async () => {
		const between = await ca.intermediate({ pathLength: 0 });
		expect(await judge(await between.issue({ names }), ca)).toBe('ok');
		expect(await judge(await between.issue({ names, omitIntermediates: true }), ca)).toContain(
			'unable to verify the first certificate',
		);
	});

	test.each([
		['another root', 'unable to verify the first certificate', async () => (await createAuthority()).issue({ names })],
		['itself', 'self-signed certificate', () => selfSigned(names)],
		['an ended validity', 'certificate has expired', () => ca.issue({ names, ...ended() })],
		['another name', 'does not match certificate', () => ca.issue({ names: ['another.test'] })],
		['a client usage', 'unsuitable certificate purpose', () => ca.issue({ names, extendedKeyUsage: ['client'] })],
		[
			'an ended intermediate',
			'certificate has expired',
			async () => (await ca.intermediate({ expired: true })).issue({ names }),
		],
		[
			'an intermediate that is none',
			'unsuitable certificate purpose',
			async () => (await ca.intermediate({ ca: false })).issue({ names }),
		],
		[
			'an intermediate for other names',
			'permitted subtree violation',
			async () => (await ca.intermediate({ permitted: ['example.test'] })).issue({ names }),
		],
		[
			'an intermediate that excludes the name',
			'excluded subtree violation',
			async () => (await ca.intermediate({ excluded: ['registry.test'] })).issue({ names }),
		],
	])('a client refuses %s', async (_what, expected, make) => {
		expect(await judge(await make(), ca)).toContain(expected);
	});

	test('writes the asked key and signature', async () => {
		const rsa = await createAuthority({ keyType: 'rsa' });
		const { cert } = await rsa.issue({ keyType: 'rsa', signatureHash: 'SHA-1', san: false, commonName: 'cn.test' });
		const read = new X509Certificate(cert);
		expect(read.publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048);
		expect(read.signatureAlgorithm).toBe('sha1WithRSAEncryption');
		expect(read.subjectAltName).toBeUndefined();
	});
});
