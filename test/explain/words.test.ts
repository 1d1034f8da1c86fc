import { describe, expect, test } from 'vitest';
import { readMessage } from '../../src/explain/readMessage.ts';
import { line } from './recorded.ts';

const image = 'r.example/team/app:1';
const pulling = `failed to pull and unpack image "${image}": `;
const url = 'https://r.example/v2/team/app/manifests/1';
const head = `${pulling}failed to resolve image: failed to do request: Head "${url}": `;
const status = `${pulling}failed to resolve image: unexpected status from HEAD request to ${url}: `;
const copy = `${pulling}failed to copy: httpReadSeeker: failed open: `;
const x509 = 'tls: failed to verify certificate: x509: ';
const socks = 'socks connect tcp 192.0.2.9:1080->r.example:443: ';

/** Reason and stage that the words tell, at the registry of the image. */
function place(message: string): string {
	return line(readMessage(message)).split(' ').slice(0, 4).join(' ');
}

describe('what Go says about the way to a host', () => {
	test.each([
		['dial tcp: lookup r.example: no such host', 'dns_name_not_found registry dns'],
		[
			'dial tcp: lookup r.example on [::1]:53: dial udp [::1]:53: connect: network is unreachable',
			'dns_unreachable registry dns',
		],
		['dial tcp: lookup r.example on 192.0.2.53:53: cannot unmarshal DNS message', 'dns_malformed registry dns'],
		['dial tcp: lookup r.example on 192.0.2.53:53: lame referral', '- registry -'],
		['dial tcp 192.0.2.1:443: connect: cannot assign requested address', 'tcp_ports_exhausted registry tcp'],
		['dial tcp 192.0.2.1:443: connect: operation not permitted', 'tcp_not_permitted registry tcp'],
		['dial tcp 192.0.2.1:443: connect: host is down', 'tcp_unreachable registry tcp'],
		['dial tcp 192.0.2.1:443: socket: too many open files', '- registry -'],
		['Bad Gateway', 'proxy_error registry proxy'],
		['unknown status code', 'proxy_error registry proxy'],
		['Method Not Allowed', 'proxy_denied registry proxy'],
		[`${socks}connection not allowed by ruleset`, 'proxy_denied registry proxy'],
		[`${socks}unknown error general SOCKS server failure`, 'proxy_error registry proxy'],
		[`${socks}username/password authentication failed`, 'proxy_auth_required registry proxy'],
		[`${socks}dial tcp 192.0.2.9:1080: connect: connection refused`, 'proxy_unreachable registry proxy'],
		['http: server gave HTTP response to HTTPS client', 'tls_plaintext_server registry tls'],
		['tls: first record does not look like a TLS handshake', 'tls_protocol_error registry tls'],
		['remote error: tls: bad certificate', 'tls_client_certificate_required registry tls'],
		['remote error: tls: unrecognized name', 'tls_handshake_failed registry tls'],
		['remote error: tls: bad record MAC', 'tls_handshake_failed registry tls'],
		['local error: tls: bad record MAC', '- registry -'],
		[`${x509}certificate is valid for a.example, not r.example`, 'tls_name_mismatch registry tls'],
		[
			`${x509}cannot validate certificate for 192.0.2.1 because it doesn't contain any IP SANs`,
			'tls_name_mismatch registry tls',
		],
		[
			`${x509}certificate signed by unknown authority (possibly because of "x509: invalid signature" while trying to verify candidate authority certificate "x: y")`,
			'tls_untrusted registry tls',
		],
		[`${x509}certificate has expired or is not yet valid: `, '- registry -'],
		['context deadline exceeded', '- registry -'],
		['context canceled', '- registry -'],
		['unexpected EOF', '- registry -'],
		['read tcp 192.0.2.2:1->192.0.2.1:443: i/o timeout', '- registry -'],
		[
			'net/http: HTTP/1.x transport connection broken: too many 1xx informational responses',
			'http_protocol_error registry manifest',
		],
	])('%s', (cause, expected) => {
		const [reason, role, stage = '-'] = place(head + cause).split(' ');
		expect([reason, role, reason === '-' ? '-' : stage].join(' ')).toBe(expected);
	});
});

describe('an HTTP status', () => {
	test.each([
		[
			'400 Bad Request\n<html><head><title>400 No required SSL certificate was sent</title></head></html>',
			'tls_client_certificate_required',
		],
		['400 Bad Request', 'http_unexpected_status'],
		['404 Not Found\nname unknown: repository name not known to registry', 'repository_not_found'],
		['404 Not Found\n<!DOCTYPE html><html>', 'http_intercepted'],
		['410 Gone', 'http_unexpected_status'],
		['403 Forbidden', 'http_forbidden'],
		['403 Forbidden\ndenied: no space left on device', 'auth_denied'],
		['429 Too Many Requests\ntoomanyrequests: blocked by the abuse guard', 'rate_limited_abuse'],
		['500 Internal Server Error\ndenied: connect: connection refused', 'http_server_error'],
		['504 Gateway Timeout', 'http_server_error'],
		['301 Moved Permanently', 'redirect_refused'],
		['304 Not Modified', 'http_unexpected_status'],
	])('%j', (answer, reason) => {
		expect(place(status + answer)).toBe(`${reason} registry manifest r.example`);
	});
});

describe('the host that a request went to', () => {
	const refused = 'dial tcp 192.0.2.1:443: connect: connection refused';
	const request = (address: string) =>
		`${pulling}failed to resolve image: failed to do request: Head "${address}": ${refused}`;

	test.each([
		[request(url), 'registry r.example'],
		[request('https://m.example/v2/team/app/manifests/1?ns=r.example'), 'registry m.example'],
		[request('https://m.example/v2/team/app/manifests/1?ns=%5BREDACTED%5D'), 'registry m.example'],
		[request('https://other.example/v2/team/app/manifests/1'), 'redirect other.example'],
		[
			`${copy}failed to do request: Get "https://cdn.example/v2/team/app/blobs/sha256:00?sig=x": ${refused}`,
			'blob cdn.example',
		],
		[
			`${copy}failed to do request: Get "https://r.example/v2/team/app/blobs/sha256:00": ${refused}`,
			'registry r.example',
		],
		[`${copy}unexpected status code https://r.example/v2/team/app/blobs/sha256:00: 403 Forbidden`, '- -'],
		[
			`failed to resolve image: failed to authorize: Get "https://auth.example/t?x=y": ${refused}`,
			'token auth.example',
		],
		[
			`initializing source docker://${image}: Get "https://auth.example/t?scope=a&service=b": ${refused}`,
			'token auth.example',
		],
		[
			`initializing source docker://${image}: Get "https://other.example/v2/team/app/manifests/1": ${refused}`,
			'- other.example',
		],
		[`${pulling}failed to resolve image: failed to do request: Head "/v2/a?sig=x": stopped after 10 redirects`, '- -'],
		['Error response from daemon: Get "https://registry-1.docker.io/v2/": EOF', 'registry registry-1.docker.io'],
		[
			`Failed to pull image "busybox": failed to do request: Head "https://registry-1.docker.io/v2/library/busybox/manifests/latest": ${refused}`,
			'registry registry-1.docker.io',
		],
		[
			`failed to pull and unpack image "r.example:5000/a:1": failed to do request: Head "http://r.example:5000/v2/a/manifests/1": ${refused}`,
			'registry r.example:5000',
		],
	])('%s', (message, expected) => {
		const { role = '-', host = '-' } = readMessage(message);
		expect(`${role} ${host}`).toBe(expected);
	});
});

test.each([
	[
		'failed to resolve image: unexpected status from HEAD request to https://abuse.example/v2/a/manifests/1: 429 Too Many Requests',
		'rate_limited',
	],
	['reading manifest 1 in r.example/abuse: toomanyrequests: You have reached your pull rate limit', 'rate_limited'],
	['reading manifest 1 in r.example/a: toomanyrequests: the abuse guard', 'rate_limited_abuse'],
	['pinging container registry r.example: StatusCode: 429, "abuse guard"', 'rate_limited_abuse'],
])('the abuse guard is told by its own words alone: %s', (message, reason) => {
	expect(readMessage(message).reason).toBe(reason);
});

describe('who else says what', () => {
	test.each([
		[
			`${pulling}failed to resolve image: failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://auth.example/t?scope=a: 401 Unauthorized`,
			'auth_rejected token token auth.example',
		],
		[
			`${pulling}failed to resolve image: failed to authorize: failed to fetch oauth token: unexpected status: 403 Forbidden`,
			'auth_denied token token -',
		],
		[
			`${copy}could not fetch content descriptor sha256:00 (application/vnd.oci.image.manifest.v1+json) from remote: not found`,
			'manifest_not_found - manifest -',
		],
		[
			`${pulling}failed commit on ref "layer-sha256:00": unexpected commit digest sha256:00, expected sha256:11: failed precondition`,
			'digest_mismatch - blob -',
		],
		[
			`${pulling}failed to resolve image: schema 1 image manifests are no longer supported: invalid argument`,
			'manifest_invalid - manifest -',
		],
		[
			'Error response from daemon: manifest for r.example/team/app:1 not found: manifest unknown: manifest unknown',
			'manifest_not_found - manifest -',
		],
		[
			"Error response from daemon: pull access denied for team/app, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
			'auth_denied - - -',
		],
		['no matching manifest for linux/arm64/v8 in the manifest list entries', 'platform_not_found - manifest -'],
		[
			'Error response from daemon: Get "https://r.example/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
			'- registry - r.example',
		],
		[
			'image verifier "bin" blocked pull of r.example/a:1 with digest sha256:00 for reason: not signed',
			'policy_blocked - - -',
		],
		[
			`${pulling}failed to resolve image: unable to read CA cert "/etc/x/ca.crt": open /etc/x/ca.crt: no such file or directory`,
			'node_config_unusable - tls -',
		],
		['content digest sha256:00: not found', '- - - -'],
		[
			'rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: connection refused"',
			'- - - -',
		],
		[
			'rpc error: code = Unavailable desc = error reading from server: read unix @->/run/containerd/containerd.sock: read: connection reset by peer',
			'- - - -',
		],
		[
			'writing blob: happened during read: read tcp 192.0.2.2:1->192.0.2.1:443: read: connection reset by peer (after reconnecting, server did not process a Range: header, status 200)',
			'connection_reset - blob -',
		],
		[
			'writing blob: happened during read: (heuristic tuning data: last retry 0, current offset 131; 3.1 ms total, 2.0 ms since progress): unexpected EOF',
			'body_truncated - blob -',
		],
		[
			'reading manifest 1 in r.example/a: repository name not known to registry',
			'repository_not_found - manifest r.example',
		],
		[
			'failed open: content at https://r.example/v2/a/manifests/sha256:00 not found: not found',
			'manifest_not_found - manifest -',
		],
		[
			`${pulling}failed to resolve image: failed to authorize: failed to fetch anonymous token: Get "ftp://auth.example/t?scope=a": unsupported protocol scheme "ftp"`,
			'auth_challenge_unsupported registry challenge -',
		],
		[
			`initializing source docker://${image}: Get "ftp://auth.example/t?scope=a&service=b": unsupported protocol scheme "ftp"`,
			'auth_challenge_unsupported registry challenge -',
		],
		[
			`${head.slice(0, -url.length - 4)}"gopher://other.example/x": unsupported protocol scheme "gopher"`,
			'redirect_refused - manifest -',
		],
		[
			'initializing source docker://r.example/a:1: missing realm in bearer auth challenge',
			'auth_challenge_unsupported registry challenge -',
		],
		['something nobody has heard of', '- - - -'],
	])('%s', (message, expected) => {
		expect(place(message)).toBe(expected);
	});
});
