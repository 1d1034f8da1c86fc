import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';

import { type PemBlock, readPem } from './pem.ts';

/** What a key may be encoded as; Go tries all of them, whatever the frame says. */
const encodings = ['pkcs1', 'pkcs8', 'sec1'] as const;

/**
 * Why a client certificate and its key cannot be used together, for people; undefined when they can
 * (https://pkg.go.dev/crypto/tls#X509KeyPair: the first certificate must belong to the first key, which has no
 * password). Both are PEM texts, which may be one and the same. Never throws.
 */
export function faultOfKeyPair(certificate: string, key: string): string | undefined {
	const leaf = firstBlock(certificate, ({ type }) => type === 'CERTIFICATE');
	if (!leaf) return 'no certificate is in it';
	const frame = firstBlock(key, ({ type }) => type === 'PRIVATE KEY' || type.endsWith(' PRIVATE KEY'));
	if (!frame) return 'no private key is in its key file';
	const secret = readKey(frame);
	if (!secret) return 'its key cannot be used, at least not without a password';
	try {
		const belongs = new X509Certificate(leaf.bytes).checkPrivateKey(secret);
		return belongs ? undefined : 'its key belongs to another certificate';
	} catch {
		return 'its certificate cannot be read';
	}
}

function firstBlock(text: string, fits: (block: PemBlock) => boolean): PemBlock | undefined {
	for (const block of readPem(text)) if (fits(block)) return block;
	return undefined;
}

function readKey({ bytes }: PemBlock): KeyObject | undefined {
	for (const type of encodings) {
		try {
			return createPrivateKey({ key: bytes, format: 'der', type });
		} catch {
			// Another encoding, or none.
		}
	}
	return undefined;
}
