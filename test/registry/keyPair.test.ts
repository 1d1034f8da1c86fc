import { createPrivateKey } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';

import { faultOfKeyPair } from '../../src/registry/keyPair.ts';
import { createAuthority, type Issued } from '../fakes/authority.ts';

let own: Issued;
let rsa: Issued;
beforeAll(async () => {
	const authority = await createAuthority();
	own = await authority.issue();
	rsa = await authority.issue({ keyType: 'rsa' });
});

/** The key of a pair, written otherwise. */
const written = (pair: Issued, type: 'sec1' | 'pkcs1' | 'pkcs8', password?: string) => {
	const locked = password !== undefined && { cipher: 'aes-256-cbc', passphrase: password };
	return createPrivateKey(pair.key)
		.export({ format: 'pem', type, ...locked })
		.toString();
};
const parameters = '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n';

test.each<[string, () => readonly [certificate: string, key: string]]>([
	['PKCS #8', () => [own.chain, own.key]],
	['SEC 1', () => [own.chain, written(own, 'sec1')]],
	['PKCS #1', () => [rsa.chain, written(rsa, 'pkcs1')]],
	['a frame of another kind than the key', () => [rsa.cert, rsa.key.replaceAll('PRIVATE', 'EC PRIVATE')]],
	['parameters before the key', () => [own.cert, parameters + own.key]],
	['one file, the key first', () => [own.key + own.cert, own.key + own.cert]],
	['another certificate behind it', () => [own.cert + rsa.cert, own.key]],
])('%s can be used', (_name, files) => {
	expect(faultOfKeyPair(...files())).toBeUndefined();
});

test.each<[string, () => readonly [certificate: string, key: string], string]>([
	['no certificate', () => [own.key, own.key], 'no certificate is in it'],
	['no key', () => [own.cert, own.cert], 'no private key'],
	['a key with a password', () => [own.cert, written(own, 'pkcs8', 'x')], 'without a password'],
	['an older key with a password', () => [rsa.cert, written(rsa, 'pkcs1', 'x')], 'without a password'],
	['the key of another', () => [own.cert, rsa.key], 'belongs to another'],
	['another key before its own', () => [own.cert, rsa.key + own.key], 'belongs to another'],
	['another certificate before its own', () => [rsa.cert + own.cert, own.key], 'belongs to another'],
	[
		'a certificate that is none before its own',
		() => [`-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n${own.cert}`, own.key],
		'certificate cannot be read',
	],
])('%s cannot', (_name, files, why) => {
	expect(faultOfKeyPair(...files())).toContain(why);
});

test('any text is a pair or none, and nothing of it is told', () => {
	const frame = fc.tuple(fc.constantFrom('CERTIFICATE', 'PRIVATE KEY', 'RSA PRIVATE KEY'), fc.base64String());
	const text = fc
		.array(frame)
		.map((frames) =>
			frames.map(([type, body]) => `-----BEGIN ${type}-----\n${body}\n-----END ${type}-----\n`).join(''),
		);
	fc.assert(
		fc.property(text, text, (certificate, key) => {
			expect(faultOfKeyPair(certificate, key)).toMatch(/^[a-z ,]+$/);
		}),
	);
});
