import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { renderPage } from '../../src/views/page/page.ts';
import { pageStyleHash } from '../../src/views/page/style.ts';
import { anchorOf } from '../../src/views/page/targetRow.ts';
import { aTarget, anObservation, broke, deadTokenService, greenPath, now } from './builders.ts';
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
	expect(page).toContain('<h1>ip-10-0-3-17 <span>can pull from all 4 registries</span></h1>');
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
	expect(text).toContain('Counted for 203.0.113.7; each pull counts for 6 h');
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

test('faults of the node are told by file and line, the first five of them', () => {
	const fault = { fault: 'setting_invalid', file: '/etc/hosts', detail: '<x> is no address' } as const;
	const withFaults = (length: number) => ({
		nodeFaults: Array.from({ length }, (_, at) => ({ ...fault, line: at + 1 })),
		scheduleLagSeconds: 0,
		repeats: { stall: 0, lag: 0 },
	});
	const page = textOf(renderPage(aPage([], { agent: withFaults(7) })));
	expect(page).toContain('configuration has 7 faults');
	expect(page).toContain('/etc/hosts:5 setting_invalid &lt;x&gt; is no address');
	expect(page).not.toContain('/etc/hosts:6');
	expect(page).toContain('2 more faults in the plan');
	expect(renderPage(aPage([], { agent: withFaults(0) }))).not.toContain('Configuration of the node');
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
