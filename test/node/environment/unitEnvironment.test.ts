import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { readUnitEnvironment } from '../../../src/node/environment/unitEnvironment.ts';
import { makeNode, type Node } from '../../fakes/node.ts';

const unitFile = '/etc/systemd/system/containerd.service';
const dropIn = (directory: string, name: string) => `${directory}/systemd/system/containerd.service.d/${name}`;
const service = (...lines: string[]) => ['[Service]', ...lines, ''].join('\n');

async function link(node: Node, path: string, target: string): Promise<void> {
	await mkdir(dirname(join(node.root, path)), { recursive: true });
	await symlink(target, join(node.root, path));
}

function read(node: Node, ...units: string[]) {
	const found = readUnitEnvironment(node.root, units.length > 0 ? units : ['containerd.service']);
	const variables = [...(found?.variables.values() ?? [])].map(({ name, value }) => `${name}=${value}`);
	return {
		...found,
		variables,
		places: new Map([...(found?.variables ?? [])].map(([name, { source }]) => [name, source])),
	};
}

/** The unit and drop-ins as they stand here, and what `systemd --test` of version 252 made of them. */
test('units and drop-ins are read as systemd reads them', async () => {
	await using node = await makeNode({
		files: {
			'etc/machine-id': '3d1219c7c4c5404aaa1f6d2a48adfda4\n',
			'etc/hostname': 'vm\n',
			'etc/os-release': 'ID=debian\nVERSION_ID="12"\n',
			[unitFile]: [
				'; comment',
				'[Unit]',
				'DefaultDependencies=no',
				'[Service]',
				'Environment=A=unit',
				'environment=C=lower',
				'[Install]',
				'Environment=D=wrongsection',
				'[Service]',
				'# comment with backslash \\',
				'Environment=J=1',
				'Environment=',
				'Environment=K=a%%b L=%n M=%N N=%p O=%i P=%j Q=%l R=%m',
				'Environment=S="with \\"quotes\\" and \\x41\\t\\u00e9" T=back\\\\slash U=dol$lar',
				'Environment=V=%',
				'Environment=W=%-x',
				'Environment=X=%o,%w,%t,%S,%C,%L,%E,%T,%V,%u,%U',
				'Environment=Y=%y,%Y,%f,%J,%I,%P',
				'Environment=Z2=%d',
				'Environment=Z4=%X',
				'Environment=AB="tab\tinside" AC=é "AD=a',
				'Environment=AE=1 AE=2',
				"Environment=AF='single \\' AG=q'",
				"Environment='AH'=x AI='a b'c",
				'NoEquals',
				'Environment=AJ=afternoequals',
				'Environment=9N=bad AK=ok =empty P1',
				'Environment=AL=1 \\',
				'# comment in between',
				'  AM=2',
			].join('\n'),
			[dropIn('/etc', '20.conf')]: service('Environment=DA=etc DB=etc'),
			[dropIn('/run', '20.conf')]: service('Environment=DA=run DC=run'),
			[dropIn('/run', '10.conf')]: service('Environment=DB=run10 DD=run10'),
			[dropIn('/usr/local/lib', '30.conf')]: service('Environment=DA=local30 DD=local30'),
			'etc/systemd/system/service.d/99.conf': service('Environment=DD=type99 DE=type99'),
			'etc/systemd/system/service.d/20.conf': service('Environment=DF=type20'),
			[dropIn('/etc', '40.txt')]: service('Environment=DG=notconf'),
			[dropIn('/etc', '50.conf')]: '[Service]\nEnvironment=DH=before\n[Bad\nEnvironment=DI=after\n',
			[dropIn('/etc', '60.conf')]: 'Environment=DJ=nosection\n[Service]\r\nEnvironment=DK=crlf\r\n',
			[dropIn('/etc', '61.conf')]: '\uFEFF[Service]\nEnvironment=DL=bom',
		},
	});
	await link(node, dropIn('/etc', '10.conf'), '/dev/null');
	expect(read(node).variables).toEqual([
		'K=a%b',
		'L=containerd.service',
		'M=containerd',
		'N=containerd',
		'O=',
		'P=containerd',
		'Q=vm',
		'R=3d1219c7c4c5404aaa1f6d2a48adfda4',
		'S=with "quotes" and A\té',
		'T=back\\slash',
		'U=dol$lar',
		'V=%',
		'W=%-x',
		'X=debian,12,/run,/var/lib,/var/cache,/var/log,/etc,/tmp,/var/tmp,root,0',
		'Y=/etc/systemd/system/containerd.service,/etc/systemd/system,/containerd,containerd,,containerd',
		'Z2=/run/credentials/containerd.service',
		'AB=tab\tinside',
		'AC=é',
		'AE=2',
		"AF=single ' AG=q",
		'AH=x',
		'AI=a bc',
		'AJ=afternoequals',
		'AK=ok',
		'AL=1',
		'AM=2',
		'DA=local30',
		'DB=etc',
		'DD=type99',
		'DH=before',
		'DK=crlf',
		'DL=bom',
		'DE=type99',
	]);
});

describe('environment files', () => {
	test('count over Environment=, in their order, by pattern too', async () => {
		await using node = await makeNode({
			files: {
				[unitFile]: service(
					'EnvironmentFile=-/etc/default/%N',
					'EnvironmentFile=/etc/env.d/*.env',
					'EnvironmentFile=-/etc/missing',
					'Environment=A=unit B=unit C=unit',
				),
				'etc/default/containerd': 'A=default\nB=default\n',
				'etc/env.d/1.env': 'B=one\n',
				'etc/env.d/2.env': '\nB=two\n',
			},
		});
		const { variables, places, faults } = read(node);
		expect(variables).toEqual(['A=default', 'B=two', 'C=unit']);
		expect(places.get('B')).toEqual({ file: '/etc/env.d/2.env', line: 2 });
		expect(places.get('C')).toEqual({ file: unitFile, line: 5 });
		expect(faults).toEqual([]);
	});

	test('are taken back by an empty line', async () => {
		const files = { [unitFile]: service('EnvironmentFile=/etc/a'), 'etc/a': 'A=1' };
		await using node = await makeNode({ files: { ...files, [dropIn('/etc', 'a.conf')]: service('EnvironmentFile=') } });
		expect(read(node)).toMatchObject({ variables: [], faults: [] });
	});

	test('that are missing, or named by no absolute path, are faults', async () => {
		await using node = await makeNode({
			files: {
				[unitFile]: service('EnvironmentFile=/etc/missing', 'EnvironmentFile=relative', 'EnvironmentFile=/etc/no/*'),
			},
		});
		expect(read(node).faults).toMatchObject([
			{ fault: 'setting_invalid', file: unitFile, line: 3 },
			{ fault: 'setting_invalid', file: unitFile, line: 2 },
			{ fault: 'setting_invalid', file: unitFile, line: 4 },
		]);
	});

	test('with export before the name set nothing, which is a fault', async () => {
		const files = {
			[unitFile]: service('EnvironmentFile=/etc/a'),
			'etc/a': '\nexport HTTPS_PROXY=http://u:geheim@p:1',
		};
		await using node = await makeNode({ files });
		const { variables, faults } = read(node);
		expect(variables).toEqual([]);
		expect(faults).toMatchObject([{ fault: 'setting_invalid', file: '/etc/a', line: 2 }]);
		expect(JSON.stringify(faults)).not.toContain('geheim');
	});

	test('that are no files are faults, and are not waited for', async () => {
		await using node = await makeNode({ files: { [unitFile]: service('EnvironmentFile=-/etc/dir'), 'etc/dir/a': '' } });
		expect(read(node).faults).toMatchObject([{ fault: 'file_unreadable', file: '/etc/dir' }]);
	});
});

test.each([
	['a password that is percent-encoded', 'HTTPS_PROXY=http://u:p%40geheim@p:1'],
	['a quote that is not closed', '"HTTPS_PROXY=http://u:geheim@p:1'],
	['a name that none is', 'HTTPS-PROXY=x NO_PROXY: geheim'],
])('%s in Environment= is passed over, which is a fault', async (_name, value) => {
	await using node = await makeNode({ files: { [unitFile]: service(`Environment=A=1 ${value}`) } });
	const { variables, faults } = read(node);
	expect(variables).toEqual(['A=1']);
	expect(faults?.[0]).toMatchObject({ fault: 'setting_invalid', file: unitFile, line: 2 });
	expect(JSON.stringify(faults)).not.toContain('geheim');
});

test('faults of variables that do not bear on pulls are not ours', async () => {
	await using node = await makeNode({ files: { [unitFile]: service('Environment=A=%X "B=1') } });
	expect(read(node).faults).toEqual([]);
});

test('the defaults of the manager count least, later drop-ins of it over earlier ones', async () => {
	await using node = await makeNode({
		files: {
			[unitFile]: service('Environment=B=unit'),
			'etc/systemd/system.conf': '[Manager]\nDefaultEnvironment=A=1 B=1 "C=1 2"\n',
			'usr/lib/systemd/system.conf.d/50.conf': '[Manager]\nDefaultEnvironment=A=2\n',
		},
	});
	expect(read(node).variables).toEqual(['A=2', 'B=unit', 'C=1 2']);
});

test('PassEnvironment= hands on what process 1 has, UnsetEnvironment= takes it away again', async () => {
	await using node = await makeNode({
		files: {
			[unitFile]: service(
				'PassEnvironment=HTTPS_PROXY NO_PROXY',
				'Environment=A=1 B=1',
				'UnsetEnvironment=NO_PROXY A=2 B=1',
			),
			'proc/1/environ': 'HTTPS_PROXY=p:1\0NO_PROXY=x\0HTTP_PROXY=q:1\0',
		},
	});
	expect(read(node).variables).toEqual(['HTTPS_PROXY=p:1', 'A=1']);
});

test('drop-ins of an alias, and of names cut at a dash, count', async () => {
	await using node = await makeNode({
		files: {
			'usr/lib/systemd/system/k3s-agent.service': service('Environment=A=1'),
			'etc/systemd/system/k3s-.service.d/a.conf': service('Environment=B=1'),
			'etc/systemd/system/alias.service.d/b.conf': service('Environment=C=1'),
		},
	});
	await link(node, 'etc/systemd/system/alias.service', '/usr/lib/systemd/system/k3s-agent.service');
	expect(read(node, 'k3s-agent.service').variables).toEqual(['A=1', 'B=1']);
	expect(read(node, 'alias.service').variables).toEqual(['A=1', 'B=1', 'C=1']);
});

test('a masked unit, and one that is not there, are none', async () => {
	await using node = await makeNode({
		files: { 'usr/lib/systemd/system/containerd.service': service('Environment=A=1') },
	});
	await link(node, unitFile, '/dev/null');
	expect(readUnitEnvironment(node.root, ['containerd.service', 'missing.service'])).toBeUndefined();
});
