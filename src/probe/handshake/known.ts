import type { X509Certificate } from 'node:crypto';

import { type Constraints, type Names, readAlternativeNames, readConstraints } from './extensions.ts';

/** Certificates and signatures that are kept: those of a few hundred targets with their chains. */
const most = 500;

/**
 * What was read before, by what it was read of. The same few certificates come at every attempt and never change;
 * reading and checking them anew took a fifteenth of an attempt's CPU time. The oldest goes first.
 */
export class Known<T> {
	readonly #values = new Map<string, T>();

	get size(): number {
		return this.#values.size;
	}

	/** What is known by this key, else what `read` gives. */
	get(key: string, read: () => T): T {
		const known = this.#values.get(key);
		if (known !== undefined) return known;
		const value = read();
		const [oldest] = this.#values.keys();
		if (oldest !== undefined && this.#values.size >= most) this.#values.delete(oldest);
		this.#values.set(key, value);
		return value;
	}
}

const names = new Known<Names>();
const constraints = new Known<Constraints>();
const signatures = new Known<boolean>();

/** The alternative names of a certificate. Never throws. */
export function namesOf(certificate: X509Certificate): Names {
	return names.get(certificate.fingerprint256, () => readAlternativeNames(certificate.raw));
}

/** What an authority may sign. Never throws. */
export function constraintsOf(certificate: X509Certificate): Constraints {
	return constraints.get(certificate.fingerprint256, () => readConstraints(certificate.raw));
}

/** Whether a certificate was signed with the key of another. */
export function isSignedBy(child: X509Certificate, parent: X509Certificate): boolean {
	const key = `${child.fingerprint256} ${parent.fingerprint256}`;
	return signatures.get(key, () => child.verify(parent.publicKey));
}
