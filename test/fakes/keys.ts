import { webcrypto } from 'node:crypto';

/** The kind of key that a certificate carries. `bits` is the modulus of an RSA key; ECDSA is always P-256. */
export interface KeyWish {
	readonly type: 'ecdsa' | 'rsa';
	readonly bits: number;
}

export type Keys = webcrypto.CryptoKeyPair;

const shared = new Map<string, Promise<Keys>>();

function algorithmOf({ type, bits }: KeyWish): webcrypto.EcKeyGenParams | webcrypto.RsaHashedKeyGenParams {
	return type === 'ecdsa'
		? { name: 'ECDSA', namedCurve: 'P-256' }
		: {
				name: 'RSASSA-PKCS1-v1_5',
				hash: 'SHA-256',
				modulusLength: bits,
				publicExponent: new Uint8Array([1, 0, 1]),
			};
}

/** A key pair of its own: what an authority needs, because two authorities with one key would vouch for each other. */
export function freshKeys(wish: KeyWish): Promise<Keys> {
	return webcrypto.subtle.generateKey(algorithmOf(wish), true, ['sign', 'verify']);
}

/** The process's one key pair of this kind: good enough for every leaf, and RSA keys are slow to make. */
export function leafKeys(wish: KeyWish): Promise<Keys> {
	const name = `${wish.type} ${wish.bits}`;
	const keys = shared.get(name) ?? freshKeys(wish);
	shared.set(name, keys);
	return keys;
}

/** The private key as PKCS #8 in PEM, as `tls.createServer` takes it. */
export async function privatePem({ privateKey }: Keys): Promise<string> {
	const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', privateKey));
	const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
	return ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n');
}

/** The key that signs with this hash. Web Crypto ties the hash of an RSA signature to the key, so that key is imported again. */
export async function signingKey({ privateKey }: Keys, hash: string): Promise<webcrypto.CryptoKey> {
	if (privateKey.algorithm.name === 'ECDSA' || hash === 'SHA-256') return privateKey;
	const der = await webcrypto.subtle.exportKey('pkcs8', privateKey);
	return webcrypto.subtle.importKey('pkcs8', der, { name: privateKey.algorithm.name, hash }, false, ['sign']);
}
