import type { X509Certificate } from './x509.ts';
import { authorityExtensions, distinguishedName, leafExtensions, sign } from './certificate.ts';
import type { Signer, Validity } from './certificate.ts';
import { freshKeys, leafKeys, privatePem } from './keys.ts';
import type { KeyWish } from './keys.ts';
import { nameConstraints } from './nameConstraints.ts';

interface KeyOptions {
	/** Default: `ecdsa` (P-256). */
	readonly keyType?: 'ecdsa' | 'rsa';
	/** Modulus of an RSA key. Default: 2048. */
	readonly keyBits?: number;
}

export interface AuthorityOptions extends KeyOptions, Validity {
	/** Default: a name that no other authority of this process has. */
	readonly commonName?: string;
	readonly organization?: string;
}

export interface IntermediateOptions extends AuthorityOptions {
	readonly pathLength?: number;
	/** DNS name constraints. */
	readonly permitted?: readonly string[];
	readonly excluded?: readonly string[];
	/** Ended yesterday. */
	readonly expired?: boolean;
	/** `false`: a certificate that may sign nothing. */
	readonly ca?: boolean;
}

export interface LeafOptions extends KeyOptions, Validity {
	/** DNS names and IP addresses. */
	readonly names?: readonly string[];
	/** Default: the first name. */
	readonly commonName?: string;
	readonly organization?: string;
	/** `false`: the name stands in the common name only. */
	readonly san?: boolean;
	/** Default: `['server']`; an empty list leaves the extension out. */
	readonly extendedKeyUsage?: readonly ('server' | 'client')[];
	/** The chain holds the leaf alone, as a server sends it whose administrator forgot the intermediates. */
	readonly omitIntermediates?: boolean;
}

/** A certificate as a server wants it: all three in PEM; `chain` begins with `cert` and ends below the root. */
export interface Issued {
	readonly cert: string;
	readonly key: string;
	readonly chain: string;
}

export interface Authority {
	/** The authority's own certificate. */
	readonly pem: string;
	readonly name: string;
	issue(options?: LeafOptions): Promise<Issued>;
	intermediate(options?: IntermediateOptions): Promise<Authority>;
}

let authorities = 0;

const keyWish = ({ keyType = 'ecdsa', keyBits = 2048 }: KeyOptions): KeyWish => ({ type: keyType, bits: keyBits });

function pemOf(certificate: X509Certificate): string {
	return `${certificate.toString('pem').trimEnd()}\n`;
}

/** The name and the keys of a new authority, and its common name. */
async function newSigner(options: AuthorityOptions): Promise<Signer & { commonName: string }> {
	const commonName = options.commonName ?? `Loopback Authority ${++authorities}`;
	const name = distinguishedName(commonName, options.organization ?? 'Loopback Trust');
	return { name, keys: await freshKeys(keyWish(options)), commonName };
}

/** `above` holds the certificates between this authority and the root, its own first; empty for the root. */
function authorityOf(signer: Signer & { commonName: string }, pem: string, above: readonly string[]): Authority {
	return {
		pem,
		name: signer.commonName,
		async issue(options = {}) {
			const { names = ['localhost'], organization, san = true, extendedKeyUsage = ['server'] } = options;
			const keys = await leafKeys(keyWish(options));
			const name = distinguishedName(options.commonName ?? names[0] ?? 'nameless', organization);
			const extensions = leafExtensions(san ? names : [], extendedKeyUsage);
			const cert = pemOf(await sign(signer, { name, keys }, options, extensions));
			const chain = options.omitIntermediates === true ? cert : [cert, ...above].join('');
			return { cert, key: await privatePem(keys), chain };
		},
		async intermediate(options = {}) {
			const subject = await newSigner(options);
			const { permitted = [], excluded = [], ca = true } = options;
			const extensions = authorityExtensions(ca, options.pathLength);
			if (permitted.length > 0 || excluded.length > 0) extensions.push(nameConstraints(permitted, excluded));
			const validity = options.expired === true ? { ...options, ...ended() } : options;
			const own = pemOf(await sign(signer, subject, validity, extensions));
			return authorityOf(subject, own, [own, ...above]);
		},
	};
}

/** A validity that ended yesterday. */
export function ended(now = Date.now()): { notBefore: Date; notAfter: Date } {
	const day = 86_400_000;
	return { notBefore: new Date(now - 30 * day), notAfter: new Date(now - day) };
}

/** A root of trust of its own that issues real certificates. */
export async function createAuthority(options: AuthorityOptions = {}): Promise<Authority> {
	const signer = await newSigner(options);
	const root = await sign(signer, signer, options, authorityExtensions(true));
	return authorityOf(signer, pemOf(root), []);
}

/** A certificate that nobody vouches for but itself. */
export async function selfSigned(names: readonly string[], options: LeafOptions = {}): Promise<Issued> {
	const keys = await leafKeys(keyWish(options));
	const name = distinguishedName(options.commonName ?? names[0] ?? 'nameless', options.organization);
	const extensions = leafExtensions(options.san === false ? [] : names, options.extendedKeyUsage ?? ['server']);
	const cert = pemOf(await sign({ name, keys }, { name, keys }, options, extensions));
	return { cert, key: await privatePem(keys), chain: cert };
}
