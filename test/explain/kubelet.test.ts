import { describe, expect, test } from 'vitest';
import { readMessage } from '../../src/explain/readMessage.ts';
import { line } from './recorded.ts';

const pulling = 'failed to pull and unpack image "r.example/team/app:1": failed to resolve image: ';
const head = `${pulling}failed to do request: Head "https://r.example/v2/team/app/manifests/1": `;
const refused = `${head}dial tcp 192.0.2.1:443: connect: connection refused`;
const image = 'r.example/team/app:1';
const readsRefused = `tcp_refused registry tcp r.example ${image}`;

describe('words of kubelet', () => {
	test.each([
		[`Back-off pulling image "${image}": ErrImagePull: ${refused}`, readsRefused],
		[`Failed to pull image "${image}": rpc error: code = Unknown desc = ${refused}`, readsRefused],
		[`  Warning  Failed  3s (x2 over 20s)  kubelet  Failed to pull image "${image}": ${refused}`, readsRefused],
		[`Back-off pulling image "${image}"`, `- - - - ${image}`],
		['Error: ImagePullBackOff', '- - - - -'],
		['Error: ErrImagePull', '- - - - -'],
		['pull QPS exceeded', 'pull_throttled_by_kubelet - - - -'],
		[`Failed to pull image "${image}": pull QPS exceeded`, `pull_throttled_by_kubelet - - - ${image}`],
		['Error: ErrImageNeverPull', 'pull_never - - - -'],
		[`Container image "${image}" is not present with pull policy of Never`, `pull_never - - - ${image}`],
		[
			`Failed to apply default image tag "A:B:C": couldn't parse image name "A:B:C": invalid reference format`,
			'invalid_reference - - - A:B:C',
		],
		['Error: InvalidImageName', 'invalid_reference - - - -'],
		[
			`SignatureValidationFailed: image pull failed for ${image} because the signature validation failed: Source image rejected: A signature was required, but no signature exists`,
			`policy_blocked - - - ${image}`,
		],
		[`image pull failed for ${image} because the registry is unavailable.`, `- - - - ${image}`],
		[`image pull failed for ${image} because the registry is unavailable: ${refused}`, readsRefused],
		['registry is fine: open /etc/containers/certs.d/r/ca.crt: permission denied', 'node_config_unusable - tls - -'],
		[
			`failed to pull and unpack image "${image}": failed to extract layer sha256:00: write /var/lib/containerd/x: no space left on device: unknown`,
			`node_disk_full - - - ${image}`,
		],
	])('%j', (message, reading) => {
		expect(line(readMessage(message))).toBe(reading);
	});

	test('that say nothing of the cause are known as such', () => {
		expect(readMessage(`Back-off pulling image "${image}"`).outerOnly).toBe(true);
		expect(readMessage(refused).outerOnly).toBe(false);
		expect(readMessage('').outerOnly).toBe(false);
	});
});

/** As Go and JSON quote it. */
const quoted = JSON.stringify(refused);

describe('a message that was copied out of something else', () => {
	test.each([
		['a log line of containerd', `time="2026-11-21T08:14:42Z" level=error msg="PullImage failed" error=${quoted}`],
		['the journal', `Nov 21 08:14:42 n containerd[1]: time="2026-11-21T08:14:42Z" level=error error=${quoted}`],
		['a log line of kubelet', `E1121 08:14:42.123456    1234 log.go:32] "PullImage failed" err=${quoted} image="x"`],
		[
			'quotes in quotes',
			`E1121 08:14:42.123456 1 pod_workers.go:1301] "Error syncing pod" err=${JSON.stringify(`failed to "StartContainer" for "main" with ErrImagePull: ${quoted}`)}`,
		],
		['a JSON document', `"message": ${quoted},`],
		['the inside of a JSON string', quoted.slice(1, -1)],
		[
			'several log lines',
			`time="2026-11-21T08:14:41Z" level=info msg="other"\ntime="2026-11-21T08:14:42Z" level=error error=${quoted}\n`,
		],
		['Windows line ends', `${refused}\r\n`],
	])('%s', (_, message) => {
		expect(line(readMessage(message))).toBe(readsRefused);
	});
});

describe('several errors, as kubelet tells of several logins', () => {
	const rejected = `rpc error: code = Unknown desc = ${pulling}failed to authorize: failed to fetch oauth token: unexpected status: 401 Unauthorized`;
	const denied = `${pulling}pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed`;

	test.each([
		[`[${refused}, rpc error: code = Unknown desc = ${refused}]`, readsRefused],
		[`Failed to pull image "app": [${rejected}, ${rejected}]`, `auth_rejected token token - ${image}`],
		[`Back-off pulling image "app": ErrImagePull: [${rejected}, ${denied}]`, `- - - - ${image}`],
	])('%s', (message, reading) => {
		expect(line(readMessage(message))).toBe(reading);
	});

	test('that differ could be each of them', () => {
		expect(readMessage(`[${rejected}, ${denied}]`).open).toEqual(['auth_rejected', 'auth_denied']);
	});
});
