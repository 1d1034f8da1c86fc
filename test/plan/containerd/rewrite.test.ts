import fc from 'fast-check';
import { expect, test } from 'vitest';

import { rewrite } from '../../../src/plan/containerd/rewrite.ts';
import { routeOf } from './facts.ts';
import { timeOf } from '../../processorTime.ts';

const place = { file: '/hosts.toml', line: 1 };
const rewritten = (repository: string, pattern: string, replacement: string) =>
	rewrite(repository, [{ pattern, replacement, place }]);

test.each([
	[
		'rancher/mirrored-pause',
		'^rancher/(.*)',
		'mirrorproject/rancher-images/$1',
		'mirrorproject/rancher-images/mirrored-pause',
	],
	['library/busybox', '(.*)', 'all/$1', 'all/library/busybox'],
	['a/b', '^(\\w+)/(\\w+)$', '${2}-$1', 'b-a'],
	['a/b', '^(a)/', '$1x/', '/b'],
	['a/b', 'a', '$$', '$/b'],
	['a/b', '^c/', 'd/', 'a/b'],
	['f/b', '^(?:a|b|c|d|e|f)/([^/]+)$', 'x/$1', 'x/b'],
])('%s by %s', (repository, pattern, replacement, expected) => {
	expect(rewritten(repository, pattern, replacement)).toEqual({ repository: expected, faults: [] });
});

test.each([
	'(a*)*b',
	'(a+)+',
	'(',
	'a{1,1000}',
	'(?i)a',
	'(a|aa)+$',
	'.*.*.*.*b',
	'a?a?.*.*.*x',
	'(a|b).*.*.*x',
	'^a|.*.*.*x',
	'a?a?a?a?a?a?x',
	'\\1',
	'a'.repeat(300),
])('%s is not followed', (pattern) => {
	expect(rewritten('a'.repeat(255), pattern, 'x')).toMatchObject({
		faults: [{ ...place, fault: 'setting_invalid' }],
	});
});

test.each(['.*.*.*x', '.*a?a?a?a?a?.*x', '^(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a).*.*.*x'])(
	'%s is done soon',
	(pattern) => {
		const repository = 'a'.repeat(255);
		const time = timeOf(() => expect(rewritten(repository, pattern, 'x')).toEqual({ repository, faults: [] }));
		expect(time).toBeLessThan(2000);
	},
);

test('any pattern is done soon and never throws', () => {
	const part = fc.constantFrom('a', '.', '*', '+', '?', '(', ')', '[', ']', '|', '^', '$', '\\', '{1,9}', 'b');
	const pattern = fc.array(part, { maxLength: 20 }).map((parts) => parts.join(''));
	fc.assert(
		fc.property(fc.oneof(pattern, fc.string()), fc.string(), (text, replacement) => {
			expect(timeOf(() => rewritten('a'.repeat(255), text, replacement))).toBeLessThan(500);
		}),
	);
});

test('only the containerd of k3s and RKE2 obeys it', async () => {
	const hosts = '[host."https://m"]\n[host."https://m".rewrite]\n"^team/(.*)" = "proxy/$1"\n';
	const config = (directory: string) =>
		`version = 3\n[plugins."io.containerd.cri.v1.images".registry]\nconfig_path = "${directory}"\n`;
	const k3s = '/var/lib/rancher/k3s/agent/etc/containerd';
	const own = await routeOf({
		files: { [`${k3s}/config.toml`]: config(`${k3s}/certs.d`), [`${k3s}/certs.d/registry.example/hosts.toml`]: hosts },
	});
	expect(own.hosts.map(({ repository }) => repository)).toEqual(['proxy/app', undefined]);
	const other = await routeOf({
		files: { '/etc/containerd/config.toml': config('/c'), '/c/registry.example/hosts.toml': hosts },
	});
	expect(other.hosts.map(({ repository }) => repository)).toEqual([undefined, undefined]);
});
