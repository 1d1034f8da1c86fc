import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls';

import type { Target } from '../../plan/target.ts';

/** The suites that CRI-O's client offers (https://github.com/docker/go-connections/blob/main/tlsconfig/config.go). */
const authenticated = [
	'TLS_AES_128_GCM_SHA256',
	'TLS_AES_256_GCM_SHA384',
	'TLS_CHACHA20_POLY1305_SHA256',
	'ECDHE-ECDSA-AES128-GCM-SHA256',
	'ECDHE-RSA-AES128-GCM-SHA256',
	'ECDHE-ECDSA-AES256-GCM-SHA384',
	'ECDHE-RSA-AES256-GCM-SHA384',
	'ECDHE-ECDSA-CHACHA20-POLY1305',
	'ECDHE-RSA-CHACHA20-POLY1305',
];
/** What Go offers beside them by default (https://go.dev/src/crypto/tls/defaults.go); no RSA key exchange, no SHA-256 CBC. */
const chained = ['ECDHE-ECDSA-AES128-SHA', 'ECDHE-RSA-AES128-SHA', 'ECDHE-ECDSA-AES256-SHA', 'ECDHE-RSA-AES256-SHA'];
/** What Go offers beside them before 1.22 (https://go.dev/doc/go1.22, "Minor changes to the library"): RSA key exchange. */
const keyTransport = ['AES128-GCM-SHA256', 'AES256-GCM-SHA384', 'AES128-SHA', 'AES256-SHA'];
/** OpenSSL's own strength rules are off: our code judges what Go would refuse. */
const anyStrength = '@SECLEVEL=0';

const ciphers: Readonly<Record<Greeting, string>> = {
	containerd: [...authenticated, ...chained, anyStrength].join(':'),
	'containerd of an older Go': [...authenticated, ...chained, ...keyTransport, anyStrength].join(':'),
	'cri-o': [...authenticated, anyStrength].join(':'),
};

/** Go's signature algorithms without SHA-1. */
const sigalgs = [
	'rsa_pss_rsae_sha256',
	'ecdsa_secp256r1_sha256',
	'ed25519',
	'rsa_pss_rsae_sha384',
	'rsa_pss_rsae_sha512',
	'rsa_pkcs1_sha256',
	'rsa_pkcs1_sha384',
	'rsa_pkcs1_sha512',
	'ecdsa_secp384r1_sha384',
	'ecdsa_secp521r1_sha512',
].join(':');

/**
 * `*` marks the groups that a key share is sent for: the first makes the hello larger than one packet. `?` leaves out
 * what a FIPS provider does not have (https://docs.openssl.org/3.5/man3/SSL_CTX_set1_curves/).
 */
const groups = {
	full: '?*X25519MLKEM768:?*X25519:P-256:P-384:P-521',
	classic: '?*X25519:P-256:P-384:P-521',
} as const;

/** `full` is the hello of containerd 2.1 and later; `classic` fits into one packet. */
export type HelloSize = keyof typeof groups;

/** Whose suites are offered. */
export type Greeting = Target['client'] | 'containerd of an older Go';

/** Whose suites a target's runtime offers. */
export function greetingOf({ client, olderGo }: Pick<Target, 'client' | 'olderGo'>): Greeting {
	return client === 'containerd' && olderGo ? 'containerd of an older Go' : client;
}

/** How a client greets. */
export interface Hello {
	readonly size: HelloSize;
	/** The runtime whose client is imitated. */
	readonly client: Greeting;
}

/** A client certificate with its key, as PEM. */
export interface Identity {
	readonly certificate: string;
	readonly key: string;
}

const contexts = new Map<string, SecureContext>();

/**
 * One context for all targets that show no certificate: it holds no anchors, so that a handshake refuses nothing. With
 * certificates it is made anew each time, so that no key outlives its attempt. Throws OpenSSL's
 * error when a certificate and its key do not belong together.
 */
export function contextFor(hello: Hello, identities: readonly Identity[]): SecureContext {
	if (identities.length > 0) return showing(hello, identities);
	const key = `${hello.client} ${hello.size}`;
	const known = contexts.get(key);
	if (known) return known;
	const context = createSecureContext(optionsOf(hello));
	contexts.set(key, context);
	return context;
}

function optionsOf({ size, client }: Hello): SecureContextOptions {
	return { ca: [], minVersion: 'TLSv1.2', ciphers: ciphers[client], sigalgs, ecdhCurve: groups[size] };
}

function showing(hello: Hello, identities: readonly Identity[]): SecureContext {
	const cert = identities.map(({ certificate }) => certificate);
	const key = identities.map((identity) => identity.key);
	return createSecureContext({ ...optionsOf(hello), cert, key });
}
