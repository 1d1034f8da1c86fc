import { expect, test } from 'vitest';
import { type Both, differences } from './agreement.ts';
import type { Asked } from './journal.ts';

const asked = (host: string, query = ''): Asked => ({
	method: 'HEAD',
	host,
	target: `/v2/team/app/manifests/1${query}`,
});
const mirror = asked('mirror.test', '?ns=registry.test');
const upstream = asked('registry.test');
const elsewhere = asked('elsewhere.test');
const url = ({ host, target }: Asked) => ({ host, url: `https://${host}${target}` });
const blame = { host: 'registry.test', role: 'registry', stage: 'tcp', reason: 'tcp_refused' };

/** A pull from a mirror that both see alike. */
const alike: Both = {
	pulled: { success: true, text: '', seconds: 0 },
	askedByRuntime: [mirror],
	plan: { targets: [url(mirror), url(upstream)], faults: [] },
	check: { pulls: [{ success: true, via: 'mirror.test' }], observations: [] },
	askedByProbe: [mirror, upstream],
};
const failed = (text: string): Partial<Both> => ({
	pulled: { success: false, text, seconds: 0 },
	check: { pulls: [{ success: false, blame }], observations: [] },
});

test.each<[string, Partial<Both>]>([
	['nothing differs', {}],
	['the text has the reason of the blame', failed('dial tcp 198.51.100.1:443: connect: connection refused')],
	['the text names no reason', failed('something else')],
	['both were sent elsewhere', { askedByRuntime: [mirror, elsewhere], askedByProbe: [mirror, elsewhere] }],
	['the ports are those of the scheme', { askedByRuntime: [asked('mirror.test:443', '?ns=registry.test')] }],
])('agreement: %s', (_name, change) => {
	expect(differences({ ...alike, ...change })).toEqual([]);
});

test.each<[string, Partial<Both>]>([
	['the pull failed', { pulled: { success: false, text: '', seconds: 0 } }],
	['there is no verdict', { check: { pulls: [], observations: [] } }],
	['a host that is not planned', { askedByRuntime: [mirror, { ...upstream, target: '/v2/other/manifests/1' }] }],
	['a host without its namespace', { askedByRuntime: [asked('mirror.test')] }],
	['another order', { askedByRuntime: [upstream, mirror] }],
	['a host that the probe never came to', { askedByProbe: [upstream] }],
	['another reason', failed('x509: certificate signed by unknown authority')],
])('difference: %s', (_name, change) => {
	expect(differences({ ...alike, ...change })).toHaveLength(1);
});
