import { X509Certificate } from 'node:crypto';

import type { Bundle } from '../../plan/vantage.ts';
import { readCertificates } from '../../registry/certificates.ts';
import { ProbeFailure } from '../stage.ts';

/** The certificates that a chain may end in. A trusted intermediate counts like a root, as in Go. */
export class Anchors {
	readonly #bySubject = new Map<string, X509Certificate[]>();
	readonly #fingerprints = new Set<string>();

	constructor(certificates: readonly string[]) {
		for (const pem of certificates) this.#add(pem);
	}

	issuersOf({ issuer }: X509Certificate): readonly X509Certificate[] {
		return this.#bySubject.get(issuer) ?? [];
	}

	has({ fingerprint256 }: X509Certificate): boolean {
		return this.#fingerprints.has(fingerprint256);
	}

	get size(): number {
		return this.#fingerprints.size;
	}

	/** A certificate that OpenSSL cannot read is passed over, as Go passes over one that it cannot read. */
	#add(pem: string): void {
		let certificate: X509Certificate;
		try {
			certificate = new X509Certificate(pem);
		} catch {
			return;
		}
		if (this.has(certificate)) return;
		this.#fingerprints.add(certificate.fingerprint256);
		const known = this.#bySubject.get(certificate.subject);
		if (known) known.push(certificate);
		else this.#bySubject.set(certificate.subject, [certificate]);
	}
}

const parsed = new WeakMap<Bundle, Map<string, Anchors>>();

/** A file's name, and its text. */
export interface PemText {
	readonly file: string;
	readonly text: string;
}

/** The node's bundle and the target's own CA files. Throws `ProbeFailure` (`node_config_unusable`) when one of them holds no certificate. */
export function anchorsFor(bundle: Bundle, cas: readonly PemText[]): Anchors {
	const known = parsed.get(bundle) ?? new Map<string, Anchors>();
	parsed.set(bundle, known);
	// The texts are read only when they are new: each attempt asks.
	const texts = cas.map(({ text }) => text).join('\0');
	let anchors = known.get(texts);
	if (!anchors) {
		anchors = new Anchors([...bundle.certificates, ...cas.flatMap(certificatesOf)]);
		if (known.size > 100) known.clear();
		known.set(texts, anchors);
	}
	return anchors;
}

function certificatesOf({ file, text }: PemText): readonly string[] {
	const { certificates } = readCertificates(text);
	if (certificates.length > 0) return certificates;
	throw new ProbeFailure('node_config_unusable', `the CA file ${file} holds no certificate`);
}
