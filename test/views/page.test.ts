import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { renderPage } from '../../src/views/page/page.ts';
import { pageStyleHash } from '../../src/views/page/style.ts';
import { anchorOf } from '../../src/views/page/standing.ts';
import { aTarget, anObservation, broke, deadTokenService, greenPath, now, worked } from './builders.ts';
import { allPages } from './allPages.ts';
import { aPlan } from './plans.ts';
import { aPod } from './podExplanations.ts';
import { aPage, pages } from './states.ts';

const hub = aTarget();
const textOf = (page: string) =>
	page
		.replace(/<style>.*?<\/style>/s, '')
		.replace(/<[^>]*>/g, '')
		.replace(/\s+/g, ' ');

test('a node that can pull says so in title and heading', () => {
	const page = renderPage(pages.green());
	expect(page).toContain('<title>✓ ip-10-0-3-17 can pull from all 4 registries</title>');
	expect(textOf(page)).toContain('✓ ip-10-0-3-17 can pull from all 4 registries');
});

test('a broken path carries reason, meaning and remedy in words', () => {
	const text = textOf(renderPage(pages.broken()));
	expect(text).toContain('cannot pull from 1 of 3 registries: docker.io');
	expect(text).toContain('token tcp_timeout at auth.docker.io, since 02:59:55 UTC');
	expect(text).toContain('token tcp: tcp_timeout at auth.docker.io');
	expect(text).toContain('Let this node out to auth.docker.io:443');
	expect(text).toContain('nc -vz -w 3 auth.docker.io 443');
});

test('the broken stage is the only one marked so', () => {
	const page = renderPage(pages.broken());
	expect(page.match(/<li class="failed"/g)).toHaveLength(1);
	expect(page).toMatch(/<li class="failed"[^>]*>(?:(?!<\/li>).)*<strong>tcp<\/strong>/s);
});

test('what is wrong comes first', () => {
	const page = renderPage(pages.mixed());
	const standings = [...page.matchAll(/<article class="target (\w+)/g)].map(([, standing]) => standing);
	expect(standings).toEqual(['broken', 'bypassed', 'waiting', 'works', 'works']);
});

test('a target that was not tried for too long does not look healthy', () => {
	const { states, verdicts, ...rest } = aPage([[hub, anObservation(hub, greenPath())]]);
	const later = { ...rest, states, verdicts, now: now + 3_600_000 };
	expect(renderPage(later)).toContain('<article class="target stale"');
});

test('gauges show quota, certificates and nameservers', () => {
	const text = textOf(renderPage(pages.mixed()));
	expect(text).toContain('docker.io 8 of 100 low');
	expect(text).toContain(
		'Counted for 203.0.113.7; each pull counts for 6 h, all are back by 08:59:55 UTC if none is made',
	);
	expect(text).toMatch(/registry\.corp\.example ended .*ghcr\.io 12 days soon/);
	expect(text).toContain('10.0.0.2 6 of 6 names');
	expect(text).toContain('mirror.corp:5000 broken');
});

test('equal failures share a row of the table', () => {
	const page = renderPage(pages.broken());
	const rows = page.slice(page.indexOf('<tbody>')).match(/<tr>/g);
	expect(rows).toHaveLength(1);
	expect(textOf(page)).toMatch(/tcp_timeout \d+ times since/);
});

test('a pause is told', () => {
	const input = aPage([[hub, anObservation(hub, greenPath())]]);
	const states = input.states.map((state) => ({ ...state, pauses: ['floor'] as const }));
	expect(renderPage({ ...input, states })).toContain('Paused: quota low');
});

test('an unusable configuration is told, a usable one is not', () => {
	const faults = [{ file: 'config.yaml', line: 14, path: 'registries[1].interval', fault: 'is not a duration' }];
	const agent = (successful: boolean) => ({
		nodeFaults: [],
		scheduleLagSeconds: 0,
		repeats: { stall: 0, lag: 0 },
		configuration: { successful, at: now, faults: successful ? [] : faults },
	});
	expect(textOf(renderPage(aPage([], { agent: agent(false) })))).toContain('config.yaml:14 registries[1].interval');
	expect(renderPage(aPage([], { agent: agent(true) }))).not.toContain('unusable');
});

test('faults of the node are told by file and line, the first twelve of them', () => {
	const fault = { fault: 'setting_invalid', file: '/etc/hosts', detail: '<x> is no address' } as const;
	const withFaults = (length: number) => ({
		nodeFaults: Array.from({ length }, (_, at) => ({ ...fault, line: at + 1 })),
		scheduleLagSeconds: 0,
		repeats: { stall: 0, lag: 0 },
	});
	const page = textOf(renderPage(aPage([], { agent: withFaults(15) })));
	expect(page).toContain("The node's own pull configuration has 15 faults");
	expect(page).toContain('/etc/hosts:12 setting_invalid &lt;x&gt; is no address');
	expect(page).not.toContain('/etc/hosts:13');
	expect(page).toContain('3 more faults in the plan');
	expect(renderPage(aPage([], { agent: withFaults(0) }))).not.toContain('id="node"');
});

test('what the node says about pulls is told, and no login', () => {
	const page = renderPage(aPage([[hub]], { plan: aPlan([hub]) }));
	const text = textOf(page);
	expect(text).toContain('No fault was found in its configuration.');
	expect(text).toMatch(/runtime containerd 2\.1\.4 \(\/usr\/bin\/containerd\)/);
	expect(text).toContain('nameservers 10.0.0.2, search cluster.local (/etc/resolv.conf)');
	expect(text).toContain('keyring /var/lib/kubelet/config.json for ghcr.io');
	expect(text).toContain('http://proxy.corp:3128 /etc/systemd/system/containerd.service.d/proxy.conf:3');
});

test('a pod that waits for its image is told with cause, evidence and remedy', () => {
	const text = textOf(renderPage({ ...pages.green(), pods: [aPod()] }));
	expect(text).toContain('1 pod waits for an image');
	expect(text).toMatch(/shop\/cart-7d9f credentials ImagePullBackOff since 02:42:00 UTC \(18 min\), 7 tries/);
	expect(text).toContain('container web, ghcr.io/acme/cart:2.41');
	expect(text).toContain('token token auth_rejected at ghcr.io (path of ghcr.io)');
	expect(text).toContain('02:59:00 UTC kubelet failed to fetch oauth token: unexpected status from GET request');
	expect(text).toContain('02:40:00 UTC Secret shop/regcred updated');
	expect(text).toContain('regcred is refused: auth_rejected');
	expect(text).toContain('kubectl -n shop create secret docker-registry regcred');
	expect(text).toContain('docs/runbook.md#auth_rejected');
});

test('pods that wait keep the page from looking all well; of many the first twenty are told', () => {
	const page = renderPage(allPages.calm());
	expect(page).toContain('<title>! ip-10-0-3-17 can pull from all 49 registries</title>');
	expect(page.match(/<details class="target pod"/g)).toHaveLength(20);
	expect(textOf(page)).toContain('And 20 more in the list of all');
});

test('where nobody asks for pods, nothing is said of them', () => {
	expect(renderPage(pages.green())).not.toContain('api/v1/pods');
});

test('a pull that works late says how late and why', () => {
	expect(textOf(renderPage(allPages.late()))).toContain('docker.io: Pulls work, 30 s late: a host that is asked first');
});

test('a window and a time that no calendar has are no reason to show nothing', () => {
	const quota = { ratelimit: { limit: 9, remaining: 1, windowSeconds: 1e300 } };
	const records = [worked('registry', hub.host, 'manifest', 0.01, quota)];
	const page = renderPage({ ...aPage([[hub, anObservation(hub, records)]]), pods: [aPod({ since: 1e300 })] });
	expect(textOf(page)).toContain('all are back by some day if none is made');
});

test('a quota that is used up is told where a pull would be refused, though the attempt was not', () => {
	const page = renderPage(allPages.exhausted());
	expect(page).toContain('<article class="target broken"');
	expect(page).toMatch(/<li class="failed">(?:(?!<\/li>).)*<strong>manifest<\/strong>/s);
	expect(textOf(page)).toContain('registry manifest: rate_limited at registry-1.docker.io');
	expect(textOf(page)).toContain('nothing is left of the quota');
});

test('only a page that follows looks again by itself', () => {
	expect(renderPage(pages.green())).not.toContain('http-equiv');
	expect(renderPage({ ...pages.green(), follow: true })).toContain(
		'<meta http-equiv="refresh" content="30; url=?follow" />',
	);
});

test('a page of fifty targets is small enough for a bad line', () => {
	expect(renderPage(pages.many()).length).toBeLessThan(500_000);
});

test('among many targets those that work are one closed part', () => {
	const page = renderPage(pages.many());
	expect(page.match(/<article /g)).toHaveLength(1);
	expect(page.match(/<details class="target folded works"/g)).toHaveLength(49);
	expect(textOf(page)).toContain('49 paths work');
	expect(page).toContain('<details class="others"><summary>');
});

test('every path says on demand what its stages found', () => {
	const text = textOf(renderPage(pages.broken()));
	expect(text).toMatch(/dns 12 ms 3 IPv4 \+ 3 IPv6 from 10\.0\.0\.2; 10\.0\.0\.3 silent/);
	expect(text).toMatch(/tcp 10 000 ms tcp_timeout: SYN to 18\.206\.20\.10:443 unanswered/);
});

test('without targets the page says what to do', () => {
	expect(textOf(renderPage(pages.empty()))).toContain('Name registries in the configuration file');
});

test('everything from outside is escaped', () => {
	const evil = `"><script>alert(1)</script><img src=x onerror='x'>`;
	const target = aTarget({ registry: evil, host: evil });
	const records = [
		broke('registry', evil, 'tls', { reason: 'tls_untrusted', detail: evil, facts: { issuer: evil, notAfter: 0 } }),
	];
	const page = renderPage(aPage([[target, anObservation(target, records)]], { node: evil }));
	expect(page).not.toMatch(/<script|<img/);
	expect(renderPage(allPages.hostile())).not.toMatch(/<script|<img|href="javascript/);
});

test('secrets in the URLs of details stay hidden', () => {
	const detail = 'Get "https://u:hunter2@cdn.example/x?X-Amz-Signature=abcdef"';
	const records = [broke('blob', 'cdn.example', 'blob', { reason: 'http_forbidden', detail })];
	expect(renderPage(aPage([[hub, anObservation(hub, records)]]))).not.toMatch(/hunter2|abcdef/);
});

test('the hash is that of the style that is sent', () => {
	const [, style = ''] = /<style>(.*?)<\/style>/s.exec(renderPage(pages.empty())) ?? [];
	expect(pageStyleHash).toBe(`sha256-${createHash('sha256').update(style).digest('base64')}`);
});

test('the page needs no script, no style attribute and nothing from elsewhere', () => {
	const page = renderPage(pages.mixed());
	expect(page).not.toMatch(/<script|\sstyle=|\son\w+=|(?:src|href)="(?:https?:)?\/\//);
});

test('every target can be linked to', () => {
	expect(anchorOf('docker.io mirror.corp:5000')).toBe('target-docker.io_20_mirror.corp_3a_5000');
	expect(anchorOf('a_b')).not.toBe(anchorOf('a b'));
	expect(renderPage(aPage([[hub, anObservation(hub, deadTokenService())]]))).toContain(`id="${anchorOf(hub.id)}"`);
});
