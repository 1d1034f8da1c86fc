import { isIP } from 'node:net';
import {
	AuthorityKeyIdentifierExtension,
	BasicConstraintsExtension,
	ExtendedKeyUsage,
	ExtendedKeyUsageExtension,
	KeyUsageFlags,
	KeyUsagesExtension,
	SubjectAlternativeNameExtension,
	SubjectKeyIdentifierExtension,
	X509CertificateGenerator,
} from './x509.ts';
import type { Extension, JsonName, X509Certificate } from './x509.ts';
import { signingKey } from './keys.ts';
import type { Keys } from './keys.ts';

/** Who signs: the keys and the name that stands in the certificates as issuer. */
export interface Signer {
	readonly name: JsonName;
	readonly keys: Keys;
}

/** What every certificate can be asked for. */
export interface Validity {
	/** Default: an hour ago. */
	readonly notBefore?: Date;
	/** Default: in 90 days. */
	readonly notAfter?: Date;
	/** Hash of the signature; `SHA-1` is refused by today's runtimes. */
	readonly signatureHash?: 'SHA-1' | 'SHA-256' | 'SHA-384';
}

const hour = 3_600_000;

/** A distinguished name of a common name and, where given, an organisation. */
export function distinguishedName(commonName: string, organization?: string): JsonName {
	return [...(organization === undefined ? [] : [{ O: [organization] }]), { CN: [commonName] }];
}

/** Signs a certificate for `subject`. */
export async function sign(
	signer: Signer,
	subject: { name: JsonName; keys: Keys },
	{ notBefore, notAfter, signatureHash = 'SHA-256' }: Validity,
	extensions: readonly Extension[],
): Promise<X509Certificate> {
	return X509CertificateGenerator.create({
		subject: subject.name,
		issuer: signer.name,
		notBefore: notBefore ?? new Date(Date.now() - hour),
		notAfter: notAfter ?? new Date(Date.now() + 90 * 24 * hour),
		publicKey: subject.keys.publicKey,
		signingKey: await signingKey(signer.keys, signatureHash),
		signingAlgorithm: { name: signer.keys.privateKey.algorithm.name, hash: signatureHash },
		extensions: [
			...extensions,
			await SubjectKeyIdentifierExtension.create(subject.keys.publicKey),
			await AuthorityKeyIdentifierExtension.create(signer.keys.publicKey),
		],
	});
}

/** The extensions of an authority's own certificate. With `ca: false` its basic constraints forbid what its key usage allows. */
export function authorityExtensions(ca: boolean, pathLength?: number): Extension[] {
	const usage = KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign;
	return [new BasicConstraintsExtension(ca, ca ? pathLength : undefined, true), new KeyUsagesExtension(usage, true)];
}

const purposes = { server: ExtendedKeyUsage.serverAuth, client: ExtendedKeyUsage.clientAuth } as const;

/** The extensions of a leaf: usages and, unless there are none, the subject alternative names (DNS names and IP addresses). */
export function leafExtensions(names: readonly string[], usages: readonly (keyof typeof purposes)[]): Extension[] {
	const alternative = names.map((value) => ({ type: isIP(value) === 0 ? ('dns' as const) : ('ip' as const), value }));
	return [
		new BasicConstraintsExtension(false, undefined, true),
		new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment, true),
		...(usages.length === 0 ? [] : [new ExtendedKeyUsageExtension(usages.map((usage) => purposes[usage]))]),
		...(alternative.length === 0 ? [] : [new SubjectAlternativeNameExtension(alternative)]),
	];
}
