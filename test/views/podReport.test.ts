import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PodExplanation } from '../../src/explain/podExplanation.ts';
import { type PodReport, renderPod } from '../../src/views/terminal/podReport.ts';
import type { Style } from '../../src/views/terminal/style.ts';

const plain: Style = { columns: 80, colour: false, unicode: true, verbose: false };
const at = (time: string) => Date.parse(`2026-11-21T${time}:00Z`) / 1000;
let zone: string | undefined;

beforeAll(() => {
	zone = process.env['TZ'];
	process.env['TZ'] = 'UTC';
});
afterAll(() => {
	if (zone === undefined) delete process.env['TZ'];
	else process.env['TZ'] = zone;
});

const explanation: PodExplanation = {
	namespace: 'shop',
	pod: 'cart-7d9f',
	uid: 'u',
	container: 'web',
	image: 'ghcr.io/acme/cart:2.41',
	registry: 'ghcr.io',
	state: 'ImagePullBackOff',
	since: at('10:42'),
	tries: 7,
	cause: 'credentials',
	explained: 'image',
	reason: 'auth_rejected',
	role: 'token',
	stage: 'token',
	host: 'ghcr.io',
	summary: 'The pull secret shop/regcred is rejected by ghcr.io.',
	evidence: [
		{
			at: at('10:58'),
			source: 'kubelet',
			text: 'failed to fetch oauth token: unexpected status from GET request: 401 Unauthorized',
		},
		{ at: at('10:59'), source: 'image', text: 'this image with that secret from this node: token 401' },
		{ source: 'configuration', text: 'hosts.toml names no mirror' },
	],
	changed: [{ at: at('10:40'), text: 'Secret shop/regcred updated' }],
	remedy:
		'Put a login that works into the secret:\nkubectl -n shop create secret docker-registry regcred --docker-server=ghcr.io --docker-username=NAME --docker-password=PASSWORD --dry-run=client -o yaml | kubectl apply -f -',
};
const base: PodReport = {
	namespace: 'shop',
	pod: 'cart-7d9f',
	node: 'ip-10-0-3-17',
	agent: { state: 'answered' },
	explanations: [explanation],
	elsewhere: [{ registry: 'ghcr.io', here: { success: true }, others: 41, working: 41 }],
	pulling: [],
	gaps: [],
	now: at('11:00') * 1000,
};
const report = (more: Partial<PodReport> = {}, style: Partial<Style> = {}) =>
	renderPod({ ...base, ...more }, { ...plain, ...style });

test('cause, evidence, elsewhere, what changed and what to do', () => {
	expect(report()).toMatchInlineSnapshot(`
		"✗ shop/cart-7d9f on ip-10-0-3-17: container web cannot pull
		  ghcr.io/acme/cart:2.41 since 10:42 (18 min, 7 tries)

		  Cause     credentials: the pull secret shop/regcred is rejected by ghcr.io.
		  Evidence  10:58  kubelet        failed to fetch oauth token: unexpected status
		                                  from GET request: 401 Unauthorized
		            10:59  this image     this image with that secret from this node:
		                                  token 401
		                   configuration  hosts.toml names no mirror
		  Elsewhere ghcr.io works from this node and from all 41 other nodes that were
		            asked.
		  Changed   10:40  Secret shop/regcred updated
		  Do        Put a login that works into the secret:
		            kubectl -n shop create secret docker-registry regcred \\
		            --docker-server=ghcr.io --docker-username=NAME \\
		            --docker-password=PASSWORD --dry-run=client -o yaml | kubectl \\
		            apply -f -
		  More      docs/runbook.md#auth_rejected
		"
	`);
});

test('without an agent the words of the kubelet stand alone, and that is said', () => {
	const agent = { state: 'silent', detail: 'no answer in time' } as const;
	expect(report({ agent, elsewhere: [], gaps: ['Events of the pod cannot be read: status 403'] })).toContain(
		"The agent on ip-10-0-3-17 is silent: no answer in time. What is said\n            here are the kubelet's words alone.",
	);
});

test('a fault of a zone is told as such', () => {
	const fault = { host: 'ghcr.io', role: 'registry', stage: 'tcp', reason: 'tcp_timeout' };
	const elsewhere = [
		{
			registry: 'ghcr.io',
			here: { success: false, fault },
			others: 41,
			working: 30,
			scope: 'zone' as const,
			zone: 'eu-1b',
		},
	];
	expect(report({ elsewhere })).toContain('It works from\n            30 of 41 other nodes. It is the zone eu-1b.');
});

test('a pod without a fault is one line', () => {
	expect(report({ explanations: [], elsewhere: [] })).toBe(
		'✓ shop/cart-7d9f on ip-10-0-3-17: no container waits for an image that does not\n  come\n',
	);
	const pulling = [{ container: 'web', since: at('10:50') }];
	expect(report({ explanations: [], elsewhere: [], pulling })).toContain('container web is pulling since 10:50');
});

test.each([40, 80])('no line is longer than %i columns, but for words that cannot be broken', (columns) => {
	const long = report({}, { columns })
		.split('\n')
		.filter((line) => line.length > columns && line.trim().split(/\s+/).length > 3);
	expect(long).toEqual([]);
});

test('ASCII is kept to where there is nothing else', () => {
	expect(report({}, { unicode: false })).toMatch(/^[\n\x20-\x7e]*$/);
});
