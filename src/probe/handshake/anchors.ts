import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

import type { Bundle } from '../../plan/vantage.ts';
import { ProbeFailure } from '../stage.ts';
import { codeOf, isExhausted } from '../systemError.ts';

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

/** The node's bundle and the target's own CA file. Throws `ProbeFailure`: `node_config_unusable` when that file cannot be used, `agent_resources_exhausted`. */
export function anchorsFor(bundle: Bundle, caFile: string | undefined): Anchors {
	const known = parsed.get(bundle) ?? new Map<string, Anchors>();
	parsed.set(bundle, known);
	const extra = caFile === undefined ? '' : readCa(caFile);
	let anchors = known.get(extra);
	if (!anchors) {
		anchors = new Anchors([...bundle.certificates, ...blocksOf(extra)]);
		if (known.size > 100) known.clear();
		known.set(extra, anchors);
	}
	return anchors;
}

function readCa(file: string): string {
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch (error) {
		if (isExhausted(error)) throw new ProbeFailure('agent_resources_exhausted', codeOf(error));
		throw new ProbeFailure('node_config_unusable', `the CA file ${file} cannot be read`);
	}
	if (blocksOf(text).length === 0)
		throw new ProbeFailure('node_config_unusable', `the CA file ${file} holds no certificate`);
	return text;
}

const blocksOf = (text: string) => text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
