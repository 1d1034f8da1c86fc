import { type Incident, recordedFault } from '../incident.ts';

const registry = (like: string, what: string, more: Partial<Incident> = {}) =>
	recordedFault('registry', ['registry'], like, what, more);
const either = (like: string, what: string) => recordedFault('registry', ['registry', 'node'], like, what);

/** The registry answers, and what it says is wrong. */
export const answers: readonly Incident[] = [
	registry('auth-401-negotiate', 'it asks for a login in a way that no runtime knows'),
	registry('auth-401-nochallenge', 'it refuses without saying how to log in'),
	registry('http-408', 'it answers 408 to everything'),
	registry('http-502', 'it answers 502 to everything'),
	registry('http-503', 'it answers 503 to everything'),
	registry('http-eof', 'it hangs up instead of an answer'),
	registry('http-junk', 'something else than HTTP answers'),
	registry('http-reset', 'it resets the connection instead of an answer'),
	registry('http-head-503', 'it answers HEAD with 503'),
	registry('http-hdr-timeout', 'it takes the request and never answers'),
	registry('redir-noloc', 'it sends elsewhere without saying where'),
	registry('http-403', 'it keeps the address of this node out'),
	registry('manifest-digest', 'its manifest is another than it says'),
];

/** What only the newest containerd gives up waiting for. */
export const waits: readonly Incident[] = [
	registry('blob-hdr-timeout', 'the request for the layer is never answered'),
	registry('realm-timeout', 'the token service never answers'),
];

/** What only CRI-O minds. */
export const ofCrio: readonly Incident[] = [
	registry('redir-307-auth', 'it sends on to a host that wants a login of its own'),
];

/** Layers. */
export const layers: readonly Incident[] = [
	registry('blob-307-403', 'the CDN refuses the signed address'),
	registry('blob-307-503', 'the CDN is down'),
	registry('blob-307-refused', 'nothing listens where the CDN should be'),
	registry('blob-404', 'the layer is lost'),
	registry('blob-500', 'the layer cannot be read'),
	registry('blob-short', 'the layer is shorter than the manifest says'),
	registry('blob-truncated', 'the layer ends early'),
	registry('blob-stalled', 'the layer stops half-way, and nobody says anything', { words: '' }),
];

/** The token service. */
export const tokens: readonly Incident[] = [
	registry('realm-500', 'the token service fails'),
	registry('realm-503-creds', 'the token service is down'),
	registry('realm-badjson', 'the token service answers with a page'),
	registry('realm-empty', 'the token service gives no token'),
	registry('realm-nxdomain', 'the name of the token service is gone'),
	registry('realm-redirect', 'the token service sends to a login page'),
	registry('realm-refused', 'nothing listens where the token service should be'),
	registry('realm-untrusted', 'the token service has a certificate of nobody'),
];

/** Names and handshakes. */
export const reach: readonly Incident[] = [
	registry('dns-nodata', 'its name has no address'),
	registry('dns-servfail', "its domain's nameservers fail"),
	registry('tls-10', 'it speaks TLS 1.0 only'),
	registry('tls-cipher', 'it has no cipher that the runtime has'),
	registry('tls-cn-only', 'its certificate has no name but the common one'),
	registry('tls-eof', 'it hangs up in the handshake'),
	registry('tls-expired', 'its certificate has expired'),
	registry('tls-reset', 'it resets the connection in the handshake'),
	either('tls-selfsigned', 'its certificate is its own, and this node does not know it'),
	either('tls-mtls13', 'it wants a certificate that this node does not have'),
	either('tls-notyet', 'its certificate begins tomorrow'),
];
