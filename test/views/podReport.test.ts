import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PodReport, renderPod } from '../../src/views/terminal/podReport.ts';
import type { Style } from '../../src/views/terminal/style.ts';
import { now } from './builders.ts';
import { aPod } from './podExplanations.ts';

const plain: Style = { columns: 80, colour: false, unicode: true, verbose: false };
let zone: string | undefined;

beforeAll(() => {
	zone = process.env['TZ'];
	process.env['TZ'] = 'UTC';
});
afterAll(() => {
	if (zone === undefined) delete process.env['TZ'];
	else process.env['TZ'] = zone;
});

const base: PodReport = {
	namespace: 'shop',
	pod: 'cart-7d9f',
	node: 'ip-10-0-3-17',
	agent: { state: 'answered' },
	explanations: [aPod()],
	elsewhere: [{ registry: 'ghcr.io', here: { success: true }, others: 41, working: 41 }],
	pulling: [],
	gaps: [],
	now,
};
const report = (more: Partial<PodReport> = {}, style: Partial<Style> = {}) =>
	renderPod({ ...base, ...more }, { ...plain, ...style });

test('cause, evidence, elsewhere, what changed and what to do', () => {
	expect(report()).toMatchInlineSnapshot(`
		"✗ shop/cart-7d9f on ip-10-0-3-17: container web cannot pull
		  ghcr.io/acme/cart:2.41 since 02:42 (18 min, 7 tries)

		  Cause     credentials: the pull secret shop/regcred is rejected.
		  Evidence  02:59  kubelet      failed to fetch oauth token: unexpected status
		                                from GET request: 401 Unauthorized
		            02:59  this image   this image with that secret from this node: 401
		                   other nodes  ghcr.io anonymously from 41 other nodes: ok
		  Elsewhere ghcr.io works from this node and from all 41 other nodes that were
		            asked.
		  Changed   02:40  Secret shop/regcred updated
		  Do        kubectl -n shop create secret docker-registry regcred \\
		            --docker-server=ghcr.io --dry-run=client -o yaml
		            The kubelet tries again within 5 min; delete the pod to try at once.
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
	const pulling = [{ container: 'web', since: now / 1000 - 600 }];
	expect(report({ explanations: [], elsewhere: [], pulling })).toContain('container web is pulling since 02:50');
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
