import { createPrivateKey, X509Certificate } from 'node:crypto';

import { readCertificates } from '../certificate.ts';

/**
 * Why a client certificate and its key cannot be used together, for people; undefined when they can
 * (https://pkg.go.dev/crypto/tls#X509KeyPair: the first certificate must belong to the key). Both are PEM texts.
 */
export function faultOfKeyPair(certificate: string, key: string): string | undefined {
	const [leaf] = readCertificates(certificate).certificates;
	if (leaf === undefined) return 'it holds no certificate';
	try {
		const belongs = new X509Certificate(leaf).checkPrivateKey(createPrivateKey(key));
		return belongs ? undefined : 'the key beside it belongs to another certificate';
	} catch {
		return 'there is no key in the file beside it that can be used without a password';
	}
}
