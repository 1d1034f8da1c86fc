/** The image that they are about. */
export const image = 'ghcr.io/acme/cart:2.41';
/** How each of them begins. */
export const pulling = `failed to pull and unpack image "${image}": failed to resolve image: `;
const head = `${pulling}failed to do request: Head "https://ghcr.io/v2/acme/cart/manifests/2.41": `;

/** What the kubelet shows: texts of containerd 2.4, and one that nobody has seen. */
export const words = {
	refused: `${head}dial tcp 192.0.2.1:443: connect: connection refused`,
	dropped: `rpc error: code = DeadlineExceeded desc = ${head}dial tcp 192.0.2.1:443: i/o timeout`,
	noName: `${head}dial tcp: lookup ghcr.io on 10.0.0.2:53: no such host`,
	untrusted: `${head}tls: failed to verify certificate: x509: certificate signed by unknown authority`,
	expired: `${head}tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-11-21T10:00:00Z is after 2026-11-20T10:00:00Z`,
	missing: `rpc error: code = NotFound desc = ${pulling}${image}: not found`,
	noLogin: `${pulling}pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials`,
	unauthorized: `${pulling}unexpected status from HEAD request to https://ghcr.io/v2/acme/cart/manifests/2.41: 401 Unauthorized`,
	rejected: `${pulling}failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://token.ghcr.io/token: 401 Unauthorized`,
	denied: `${pulling}pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed`,
	limited: `${pulling}unexpected status from HEAD request to https://ghcr.io/v2/acme/cart/manifests/2.41: 429 Too Many Requests`,
	broken: `${pulling}unexpected status from HEAD request to https://ghcr.io/v2/acme/cart/manifests/2.41: 503 Service Unavailable`,
	throttled: 'pull QPS exceeded',
	full: `failed to pull and unpack image "${image}": failed to extract layer sha256:00: write /x: no space left on device: unknown`,
	strange: `${pulling}the moon is in the wrong house`,
} as const;
