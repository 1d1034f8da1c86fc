import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { aTarget, aTargetOf, broke, deadTokenService, dialled, greenPath, resolved, worked } from './builders.ts';
import { checked, reportOf } from './terminalReports.ts';

const hub = aTarget();
const dead = checked(hub, deadTokenService(), 10.14);
const green = checked(hub, greenPath());
const mirror = aTarget({
	via: 'mirror',
	host: 'mirror.corp:5000',
	endpoint: { scheme: 'https', hostname: 'mirror.corp', port: 5000 },
});
const deadMirror = checked(mirror, [
	worked('registry', 'mirror.corp:5000', 'dns', 0.004, resolved(['10.1.1.1'])),
	broke('registry', 'mirror.corp:5000', 'tcp', {
		reason: 'tcp_refused',
		detail: '10.1.1.1:5000: connection refused',
		facts: dialled([], ['10.1.1.1']),
	}),
]);

test('a dead token service is told from answer to remedy on one screen', () => {
	expect(reportOf([dead])).toMatchInlineSnapshot(`
		"✗ docker.io   10.14 s   token tcp_timeout at auth.docker.io
		  docker.io/library/hello-world:latest from node ip-10-0-3-17

		  registry   registry-1.docker.io
		    ✓ dns           12 ms   3 IPv4 + 3 IPv6 from 10.0.0.2; 10.0.0.3 silent
		    ✓ tcp            9 ms   5 of 6 addresses answer (2600:1f18::1 unreachable)
		    ✓ tls           21 ms   TLS 1.3, certificate by Amazon, 143 days left
		    ✓ challenge     94 ms   Bearer, realm auth.docker.io
		  token      auth.docker.io
		    ✓ dns            3 ms   3 IPv4 from 10.0.0.2
		    ✗ tcp       10 000 ms   tcp_timeout: SYN to 18.206.20.10:443 unanswered, 3
		                            addresses tried
		    · tls, token, manifest, blob not reached

		  Means     Pulls from docker.io fail on this node. No packet comes back from
		            the token service auth.docker.io of docker.io: something drops the
		            connection on the way. A pull waits 30 s and more for every try
		            before the pod shows an error. The registry itself answers.
		  Pods see  failed to resolve image: failed to authorize: failed to fetch
		            anonymous token: Get "https://auth.docker.io/…": dial tcp
		            18.206.20.10:443: i/o timeout
		  Do        Let this node out to auth.docker.io:443 (security group, network
		            ACL, firewall, NAT gateway, missing proxy setting).
		  Confirm   nc -vz -w 3 auth.docker.io 443
		  More      docs/runbook.md#tcp_timeout
		  Also      Nameserver 10.0.0.3 is silent: look-ups that reach it take 5 s
		            longer.
		            1 of 6 addresses of registry-1.docker.io is dead (2600:1f18::1):
		            pulls that meet it are late.
		"
	`);
});

test('a green path is one line', () => {
	expect(reportOf([green])).toMatchInlineSnapshot(`
		"✓ docker.io    0.41 s   docker.io/library/hello-world:latest
		"
	`);
});

test('verbose shows a green path stage by stage', () => {
	expect(reportOf([green], { verbose: true })).toMatchInlineSnapshot(`
		"✓ docker.io    0.41 s   docker.io/library/hello-world:latest
		  docker.io/library/hello-world:latest from node ip-10-0-3-17

		  registry   registry-1.docker.io
		    ✓ dns            3 ms   3 IPv4 from 10.0.0.2
		    ✓ tcp            9 ms   all 3 addresses answer
		    ✓ tls           21 ms   TLS 1.3, certificate by Amazon, 143 days left
		    ✓ challenge     94 ms   Bearer, realm auth.docker.io
		  token      auth.docker.io
		    ✓ dns            3 ms   3 IPv4 from 10.0.0.2
		    ✓ tcp            9 ms   all 3 addresses answer
		    ✓ tls           21 ms   TLS 1.3, certificate by Amazon, 143 days left
		    ✓ token         51 ms   token given for 5 min
		  registry   registry-1.docker.io
		    ✓ manifest      62 ms   found, sha256:c1ec31eb5944…, 98 of 100 pulls left
		  blob       production.cloudflare.docker.com
		    ✓ dns            3 ms   3 IPv4 from 10.0.0.2
		    ✓ tcp            9 ms   all 3 addresses answer
		    ✓ tls           21 ms   TLS 1.3, certificate by Amazon, 60 days left
		    ✓ blob          40 ms   2.4 KiB read, digest right
		"
	`);
});

test('of several targets the broken one comes first, below a sentence that answers', () => {
	const lines = reportOf([checked(aTargetOf('ghcr.io'), greenPath('ghcr.io')), dead]).split('\n');
	expect(lines[0]).toBe('Node ip-10-0-3-17 cannot pull from 1 of 2 registries: docker.io.');
	expect(lines[2]).toMatch(/^✗ docker\.io +10\.14 s {3}token tcp_timeout at auth\.docker\.io$/);
	expect(lines.at(-2)).toMatch(/^✓ ghcr\.io +0\.41 s {3}ghcr\.io\/team\/app:1\.2$/);
});

test('a remedy and a warning that hold for several targets are told once', () => {
	const refused = (registry: string) =>
		checked(aTargetOf(registry), [
			worked('registry', registry, 'dns', 0.004, resolved(['10.1.1.1'], ['10.0.0.2'], ['10.0.0.3'])),
			broke('registry', registry, 'tcp', { reason: 'tcp_ports_exhausted', detail: 'EADDRNOTAVAIL' }),
		]);
	const report = reportOf([refused('ghcr.io'), refused('quay.io')]);
	expect(report.match(/^ {2}Do +The same as for ghcr\.io, above\.$/gm)).toHaveLength(1);
	expect(report.match(/Nameserver 10\.0\.0\.3 is silent/g)).toHaveLength(1);
});

test('a dead mirror behind a working host is reported, and pulls are said to succeed', () => {
	const report = reportOf([deadMirror, green]);
	expect(report).toContain('Node ip-10-0-3-17 can pull from docker.io.');
	expect(report).toContain('! docker.io via mirror.corp:5000');
	expect(report).toContain('Pulls from docker.io still succeed, through registry-1.docker.io.');
	expect(report).not.toContain('Pods see');
});

test('a quota that is used up is told where a pull would be refused, though the attempt was not', () => {
	const lines = reportOf([checked(hub, greenPath('registry-1.docker.io', 0))]).split('\n');
	expect(lines).toContain('✗ docker.io    0.41 s   registry rate_limited at registry-1.docker.io');
	expect(lines).toContain('    ✗ manifest      62 ms   rate_limited: nothing is left of the quota');
});

test('a registry without a named image is said to answer, not to have an image', () => {
	const bare = aTargetOf('localhost:5000', 'library/busybox', { bare: true });
	expect(reportOf([checked(bare, greenPath('localhost:5000'), 0.02)])).toBe(
		'✓ localhost:5000    0.02 s   answers as a registry\n',
	);
});

test('two images of one registry are told apart by their names', () => {
	const app = checked(aTargetOf('ghcr.io'), greenPath('ghcr.io'));
	const other = checked(aTargetOf('ghcr.io', 'team/other'), greenPath('ghcr.io'));
	const pulls = [app, other].map(({ observation: { registry, image } }, at) => ({
		registry,
		image,
		success: at === 0,
	}));
	expect(reportOf([app, other], {}, pulls).split('\n')[0]).toBe(
		'Node ip-10-0-3-17 cannot pull 1 of 2 images: ghcr.io/team/other:1.2.',
	);
});

test('colour marks the same text', () => {
	const coloured = reportOf([dead], { colour: true });
	expect(coloured).toContain('\u001B[31m');
	expect(stripVTControlCharacters(coloured)).toBe(reportOf([dead]));
});

test('without UTF-8 the report is plain ASCII', () => {
	const report = reportOf([dead, checked(aTargetOf('ghcr.io'), greenPath('ghcr.io'))], { unicode: false });
	expect(report).toMatch(/^[\n -~]*$/);
	expect(report).toContain('x tcp       10 000 ms');
	expect(report).toContain('+ dns');
});

test('a narrow terminal gets what was found below its stage', () => {
	const lines = reportOf([dead], { columns: 44 }).split('\n');
	expect(lines).toContain('    ✗ tcp       10 000 ms');
	expect(lines).toContain('      tcp_timeout: SYN to 18.206.20.10:443');
});

test('nothing to check is said', () => {
	expect(reportOf([])).toContain('Nothing to check on node ip-10-0-3-17.');
});
