import { X509Certificate } from 'node:crypto';

import { readPem } from './pem.ts';

/** The certificates in a text, and how many blocks of the kind Go cannot use. */
export interface Certificates {
	/** PEM, each written the same way, so that equal ones are equal texts; in the order of the text. */
	readonly certificates: readonly string[];
	/** Frames that look like a certificate but are none that Go takes. */
	readonly broken: number;
}

/**
 * The certificates that Go finds in a text (https://pkg.go.dev/crypto/x509#CertPool.AppendCertsFromPEM): what it cannot
 * use it passes over without a word. `known`: certificates found elsewhere, which need no second look. Never throws.
 */
export function readCertificates(text: string, known?: ReadonlySet<string>): Certificates {
	const certificates = [...certificatesIn(text, known)];
	const frames = text.split('-----BEGIN CERTIFICATE-----').length - 1;
	return { certificates, broken: Math.max(0, frames - certificates.length) };
}

/** Whether a text holds a certificate that Go can use: without one it refuses a CA file. Never throws. */
export function holdsCertificate(text: string): boolean {
	return certificatesIn(text).next().done !== true;
}

function* certificatesIn(text: string, known?: ReadonlySet<string>): Generator<string> {
	for (const { type, headers, bytes } of readPem(text)) {
		if (type !== 'CERTIFICATE' || headers) continue;
		const written = encode(bytes);
		if (known?.has(written) === true || isCertificate(bytes)) yield written;
	}
}

/** Where OpenSSL is laxer than Go: bytes behind the certificate, a serial number below zero. */
function isCertificate(der: Buffer): boolean {
	if (lengthOf(der) !== der.length) return false;
	try {
		return !new X509Certificate(der).serialNumber.startsWith('-');
	} catch {
		return false;
	}
}

/** The length of the DER element at the front, header included (X.690, 8.1.3). */
function lengthOf(der: Buffer): number {
	const short = der[1] ?? 0;
	if (short < 0x80) return short + 2;
	const count = short & 0x7f;
	if (count === 0 || count > 4 || der.length < 2 + count) return -1;
	return der.readUIntBE(2, count) + 2 + count;
}

function encode(der: Buffer): string {
	const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
	return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
