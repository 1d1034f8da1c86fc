import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';

import { parseModules, readGoBuildInfo } from '../../../src/node/runtime/goBuildInfo.ts';
import { programVersion, versionIn } from '../../../src/node/runtime/programVersion.ts';
import { fileReader } from './fileReader.ts';
import { goProgram } from './goProgram.ts';

const directory = mkdtempSync(join(tmpdir(), 'programs-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const bytesOf = (bytes: Buffer) => (offset: number, length: number) => bytes.subarray(offset, offset + length);

/** As containerd's Makefile, k3s' build script and Go 1.24 on a clean checkout leave it. */
const builds = {
	upstream: [
		'path\tgithub.com/containerd/containerd/v2/cmd/containerd',
		'mod\tgithub.com/containerd/containerd/v2\t(devel)\t',
		'dep\tgithub.com/containerd/cgroups/v3\tv3.0.5\th1:x',
		'build\t-ldflags="-X github.com/containerd/containerd/v2/version.Version=v2.4.2 -X github.com/containerd/containerd/v2/version.Revision=0123 -s -w"',
	],
	quoted: [`build\t-ldflags="-X 'github.com/containerd/containerd/version.Version=1.7.35' -s"`],
	k3s: [
		'mod\tgithub.com/k3s-io/k3s\t(devel)\t',
		'dep\tgithub.com/containerd/containerd/v2\tv2.1.4\t',
		'=>\tgithub.com/k3s-io/containerd/v2\tv2.1.5-k3s1\th1:x',
		'build\t-ldflags="\\n    -X github.com/k3s-io/k3s/pkg/version.Version=v1.34.1+k3s1 \\n -X github.com/containerd/containerd/v2/version.Version=v2.1.5-k3s1\\n"',
	],
	trimmed: [
		'mod\tgithub.com/k3s-io/k3s\t(devel)\t',
		'dep\tgithub.com/containerd/containerd/v2\tv2.1.4\t',
		'=>\tgithub.com/k3s-io/containerd/v2\tv2.1.5-k3s1\t',
	],
	stamped: ['mod\tgithub.com/containerd/containerd/v2\tv2.2.9+dirty\t'],
	pseudo: ['mod\tgithub.com/containerd/containerd/v2\tv2.0.0-20260102150405-0123456789ab\t'],
	neighbour: [
		'mod\tgithub.com/containerd/containerd-shim\tv9.9.9\t',
		'dep\tgithub.com/containerd/containerd/api\tv1.8.0\t',
	],
	debian: ['path\tgithub.com/containerd/containerd/cmd/containerd', 'build\t-trimpath=true'],
};

describe('the version of containerd', () => {
	test.each<[keyof typeof builds, string | undefined]>([
		['upstream', '2.4.2'],
		['quoted', '1.7.35'],
		['k3s', '2.1.5'],
		['trimmed', '2.1.5'],
		['stamped', '2.2.9'],
		['pseudo', undefined],
		['neighbour', undefined],
		['debian', undefined],
	])('of a build as %s has it', (name, version) => {
		const path = join(directory, name);
		writeFileSync(path, goProgram(builds[name]));
		expect(programVersion(path, 'containerd')).toBe(version);
	});

	test('is not that of CRI-O', () => {
		const info = { goVersion: 'go1.26', ...parseModules('mod\tgithub.com/cri-o/cri-o\tv1.37.0\t') };
		expect([versionIn(info, 'cri-o'), versionIn(info, 'containerd')]).toEqual(['1.37.0', undefined]);
	});
});

test.runIf(existsSync('/usr/bin/prometheus'))('a program that a distribution built is read', () => {
	using file = fileReader('/usr/bin/prometheus');
	const info = readGoBuildInfo(file.read);
	expect(info).toMatchObject({ path: 'github.com/prometheus/prometheus/cmd/prometheus' });
	expect(info?.goVersion).toMatch(/^go1\.\d+/);
	expect(info?.settings.get('GOOS')).toBe('linux');
	// The whole file has 50 MB.
	expect(file.bytes()).toBeLessThan(2 * 1024 ** 2);
});

test.each(['/bin/sh', '/etc/passwd', '/dev/zero', '/proc/self/environ', '/etc', '/missing'])('%s has none', (path) => {
	expect(programVersion(path, 'containerd')).toBeUndefined();
});

test('a damaged program gives nothing, or something bounded', () => {
	const whole = goProgram(builds.k3s);
	const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 8 });
	fc.assert(
		fc.property(damage, fc.nat(whole.length), (changes, end) => {
			const bytes = Buffer.from(whole);
			for (const [at, value] of changes) bytes[at] = value;
			let asked = 0;
			readGoBuildInfo((offset, length) => {
				asked += length;
				return bytesOf(bytes.subarray(0, end))(offset, length);
			});
			expect(asked).toBeLessThan(8 * 1024 ** 2);
		}),
	);
});

test('an undamaged one is read whole', () => {
	expect(readGoBuildInfo(bytesOf(goProgram(builds.upstream)))).toEqual({
		goVersion: 'go1.26.3',
		path: 'github.com/containerd/containerd/v2/cmd/containerd',
		main: { path: 'github.com/containerd/containerd/v2', version: '(devel)' },
		dependencies: new Map([
			['github.com/containerd/cgroups/v3', { path: 'github.com/containerd/cgroups/v3', version: 'v3.0.5' }],
		]),
		settings: new Map([['-ldflags', expect.stringContaining('version.Version=v2.4.2')]]),
	});
});

test('any text is a list of modules', () => {
	const pieces = fc.array(fc.constantFrom('mod', 'dep', '=>', 'build', 'path', '\t', '\n', '=', 'a/b', 'v1.2.3', '"'));
	fc.assert(
		fc.property(fc.oneof(fc.string({ unit: 'binary' }), pieces), (some) => {
			const info = parseModules(typeof some === 'string' ? some : some.join(''));
			expect(versionIn({ goVersion: '', ...info }, 'containerd') ?? '1.2.3').toBe('1.2.3');
		}),
	);
});
