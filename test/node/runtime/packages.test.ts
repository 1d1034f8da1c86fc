import { readFileSync } from 'node:fs';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { installedPackage, packageIn } from '../../../src/node/runtime/packages.ts';
import { plainVersion } from '../../../src/node/runtime/version.ts';
import { makeNode } from '../../fakes/node.ts';

const dpkg = { name: 'Package', version: 'Version', status: 'Status' };
const status = (name: string, version: string, state = 'install ok installed') =>
	`Package: ${name}\nStatus: ${state}\nPriority: optional\nConffiles:\n /etc/x 0123\nVersion: ${version}\nDescription: Version: 9\n Version: 8\n`;

test.each<[string, Record<string, string>, readonly string[], string | undefined]>([
	[
		'dpkg',
		{ 'var/lib/dpkg/status': [status('bash', '5.2'), status('containerd', '1.6.20~ds1-1')].join('\n') },
		['containerd'],
		'1.6.20~ds1-1',
	],
	[
		'the name that comes first',
		{ 'var/lib/dpkg/status': [status('containerd', '1'), status('containerd.io', '2')].join('\n') },
		['containerd.io', 'containerd'],
		'2',
	],
	[
		'not what was removed',
		{ 'var/lib/dpkg/status': status('containerd', '1', 'deinstall ok config-files') },
		['containerd'],
		undefined,
	],
	[
		'apk',
		{ 'lib/apk/db/installed': 'C:Q1x\nP:musl\nV:1.2.5-r0\n\nC:Q1y\nP:containerd\nV:2.1.5-r1\nA:x86_64\n' },
		['containerd'],
		'2.1.5-r1',
	],
	['nothing where there is no database', {}, ['containerd'], undefined],
])('the version of a package: %s', async (_name, files, names, version) => {
	await using node = await makeNode({ files });
	expect(installedPackage(node.root, names)?.version).toBe(version);
});

test('a package at the end of a large database is found, one cut by the pieces in which it is read too', async () => {
	const many = Array.from({ length: 3000 }, (_, at) => status(`package-${at}`, `1.${at}`));
	await using node = await makeNode({ files: { 'var/lib/dpkg/status': many.join('\n') } });
	for (const at of [0, 1500, 1777, 2999]) {
		expect(installedPackage(node.root, [`package-${at}`])?.version).toBe(`1.${at}`);
	}
});

test.runIf(readDpkg() !== undefined)('the database of this machine says that its own package is installed', () => {
	expect(installedPackage('/', ['dpkg'])).toMatchObject({ name: 'dpkg', file: '/var/lib/dpkg/status' });
});

function readDpkg(): string | undefined {
	try {
		return readFileSync('/var/lib/dpkg/status', 'utf8');
	} catch {
		return undefined;
	}
}

test('any entry is a package or none', () => {
	const pieces = fc.array(fc.constantFrom('Package', 'Version', 'Status', ':', ' ', 'installed', '\n', 'x'));
	fc.assert(
		fc.property(fc.oneof(fc.string({ unit: 'binary' }), pieces), (some) => {
			const found = packageIn(typeof some === 'string' ? some : some.join(''), dpkg);
			expect((found?.name.length ?? 0) + (found?.version.length ?? 0)).toBeLessThanOrEqual(400);
		}),
	);
});

test.each([
	['v2.4.2', '2.4.2'],
	['2.1.4-k3s1', '2.1.4'],
	['1.6.20~ds1-1+deb12u3', '1.6.20'],
	['1:1.7.27-1', '1.7.27'],
	['1.7.24-0ubuntu1~22.04.1', '1.7.24'],
	['v2.2.9+dirty', '2.2.9'],
	['2.0.0-rc.3', '2.0.0'],
	['2.4.2+unknown', '2.4.2'],
	['(devel)', undefined],
	['1.7', undefined],
	['12345.1.1', undefined],
	['', undefined],
])('%j is the version %j', (text, version) => {
	expect(plainVersion(text)).toBe(version);
});
