import { mkdir, readFile, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { beforeAll, describe, expect, test } from 'vitest';

import { createVantage, type Vantage } from '../../src/node/vantage.ts';
import { createAuthority } from '../fakes/authority.ts';
import { makeNode, type Node } from '../fakes/node.ts';

const bundleFile = 'etc/ssl/certs/ca-certificates.crt';
let one: string;
let two: string;
beforeAll(async () => {
	one = (await createAuthority()).pem;
	two = (await createAuthority()).pem;
});

/** Ways in which a file's content comes to change. */
const ways: readonly [string, (node: Node, path: string, text: string) => Promise<void>][] = [
	['written in place', (node, path, text) => writeFile(join(node.root, path), text)],
	[
		'replaced by a rename',
		async (node, path, text) => {
			await node.write(`${path}.new`, text);
			await rename(join(node.root, `${path}.new`), join(node.root, path));
		},
	],
	[
		'behind a link that is swapped',
		async (node, path, text) => {
			const name = `/srv/${path.replaceAll('/', '-')}`;
			await node.write(name, text);
			await symlink(name, join(node.root, `${path}.new`));
			await rename(join(node.root, `${path}.new`), join(node.root, path));
		},
	],
	[
		'removed and made again',
		async (node, path, text) => {
			await unlink(join(node.root, path));
			await node.write(path, text);
		},
	],
];

describe.each(ways)('what is %s counts at once', (_way, change) => {
	test.each<[string, string, (vantage: Vantage) => unknown, unknown]>([
		['etc/resolv.conf', 'nameserver 192.0.2.9\n', ({ resolver }) => resolver.nameservers[0]?.address, '192.0.2.9'],
		['etc/hosts', '192.0.2.9 registry.test\n', ({ hosts }) => hosts.get('registry.test'), ['192.0.2.9']],
		['etc/nsswitch.conf', 'hosts: dns\n', ({ lookup }) => lookup.sources, ['dns']],
	])('in %s', async (path, text, read, expected) => {
		await using node = await makeNode({ nameservers: ['192.0.2.1'] });
		const vantage = createVantage(node.root);
		expect(read(vantage())).not.toEqual(expected);
		await change(node, path, text);
		expect(read(vantage())).toEqual(expected);
	});

	test.each([
		['the bundle', bundleFile],
		['a file beside it', 'etc/ssl/certs/other.pem'],
		['a file behind a link', 'usr/share/ca-certificates/other.crt'],
	])('in %s', async (_file, path) => {
		await using node = await makeNode({ bundle: one, files: { [path]: one } });
		await symlink(`/${path}`, join(node.root, 'etc/ssl/certs/link.pem'));
		const vantage = createVantage(node.root);
		expect(vantage().bundle.certificates).toHaveLength(1);
		await sleep(30);
		await change(node, path, `${one}${two}`);
		expect(vantage().bundle.certificates).toHaveLength(2);
	});
});

test('another certificate of the same size, written in place, counts', async () => {
	await using node = await makeNode({ bundle: `${one}${' '.repeat(5000 - one.length)}` });
	const vantage = createVantage(node.root);
	const [before] = vantage().bundle.certificates;
	await writeFile(join(node.root, bundleFile), `${two}${' '.repeat(5000 - two.length)}`);
	await sleep(60);
	expect(vantage().bundle.certificates[0]).not.toBe(before);
});

test('a linked directory on the way that is swapped counts', async () => {
	await using node = await makeNode({ files: { 'srv/v1/a.pem': one, 'srv/v2/a.pem': `${one}${two}` } });
	await symlink('v1', join(node.root, 'srv/current'));
	await symlink('/srv/current/a.pem', join(node.root, 'etc/ssl/certs/a.pem'));
	const vantage = createVantage(node.root);
	expect(vantage().bundle.certificates).toHaveLength(1);
	await symlink('v2', join(node.root, 'srv/next'));
	await rename(join(node.root, 'srv/next'), join(node.root, 'srv/current'));
	expect(vantage().bundle.certificates).toHaveLength(2);
});

test('a directory that comes through a new link counts', async () => {
	await using node = await makeNode({ bundle: one, files: { 'srv/certs/b.pem': two } });
	const vantage = createVantage(node.root);
	expect(vantage().bundle.certificates).toHaveLength(1);
	await mkdir(join(node.root, 'etc/pki/tls'), { recursive: true });
	await symlink('/srv/certs', join(node.root, 'etc/pki/tls/certs'));
	expect(vantage().bundle.certificates).toHaveLength(2);
});

test('a bundle that stays the same is the same object, also when its file was touched', async () => {
	await using node = await makeNode({ bundle: one });
	const vantage = createVantage(node.root);
	const { bundle } = vantage();
	expect(vantage().bundle).toBe(bundle);
	await writeFile(join(node.root, bundleFile), await readFile(join(node.root, bundleFile)));
	expect(vantage().bundle).toBe(bundle);
	await node.write(bundleFile, two);
	expect(vantage().bundle).not.toBe(bundle);
});

test('the environment of the runtime may name another bundle, from one moment to the next', async () => {
	await using node = await makeNode({ bundle: one, files: { 'srv/two.pem': `${one}${two}` } });
	let environment = {};
	const vantage = createVantage(node.root, () => environment);
	expect(vantage().bundle.source).toBe(`/${bundleFile}`);
	environment = { SSL_CERT_FILE: '/srv/two.pem' };
	expect(vantage().bundle).toMatchObject({ source: '/srv/two.pem' });
	expect(vantage().bundle.certificates).toHaveLength(2);
});

describe('systemd-resolved', () => {
	const resolved = { 'run/systemd/resolve/resolv.conf': 'nameserver 192.0.2.5\nnameserver 192.0.2.6\n' };

	test('has its upstreams told while its stub is asked', async () => {
		await using node = await makeNode({ nameservers: ['127.0.0.53'], files: resolved });
		const { resolver, upstreams } = createVantage(node.root)();
		expect(resolver.nameservers).toEqual([{ address: '127.0.0.53', port: 53 }]);
		expect(upstreams.map(({ address }) => address)).toEqual(['192.0.2.5', '192.0.2.6']);
	});

	test('has none told while it is not asked', async () => {
		await using node = await makeNode({ nameservers: ['192.0.2.1'], files: resolved });
		expect(createVantage(node.root)().upstreams).toEqual([]);
	});
});

describe('faults', () => {
	const found = ({ faults }: Vantage) => faults.map(({ file, line, fault }) => [file, line, fault].join(' '));

	test('a healthy node has none', async () => {
		await using node = await makeNode({ nameservers: ['192.0.2.1'], bundle: one });
		expect(createVantage(node.root)().faults).toEqual([]);
	});

	test.each<[string, Readonly<Record<string, string>>, string[]]>([
		[
			'a fourth nameserver',
			{ 'etc/resolv.conf': [1, 2, 3, 4].map((it) => `nameserver 192.0.2.${it}`).join('\n') },
			['/etc/resolv.conf 4 setting_ignored'],
		],
		[
			'a nameserver that is no address',
			{ 'etc/resolv.conf': '# mine\nnameserver dns.test\n' },
			['/etc/resolv.conf 2 setting_invalid'],
		],
		['a line of hosts without address', { 'etc/hosts': '10.0.0.256 a.test\n' }, ['/etc/hosts 1 setting_invalid']],
		['half a bundle', { [bundleFile]: 'half' }, [`/${bundleFile}  file_invalid`]],
		['an empty bundle', { [bundleFile]: '' }, [`/${bundleFile}  trust_empty`, `/${bundleFile}  file_invalid`]],
		['half a file beside it', { 'etc/ssl/certs/b.pem': 'half' }, ['/etc/ssl/certs/b.pem  file_invalid']],
		['a file beside it that is none', { 'etc/ssl/certs/README': 'Certificates.\n' }, []],
	])('%s', async (_what, files, expected) => {
		const text = (it: string) => (it === 'half' ? `${one}${two.slice(0, 400)}` : it);
		const written = Object.entries(files).map(([path, it]) => [path, text(it)]);
		await using node = await makeNode({ nameservers: ['192.0.2.1'], bundle: one, files: Object.fromEntries(written) });
		expect(found(createVantage(node.root)())).toEqual(expected);
	});

	test('no trust at all', async () => {
		await using node = await makeNode({ nameservers: ['192.0.2.1'] });
		await rm(join(node.root, bundleFile));
		const { bundle, ...vantage } = createVantage(node.root)();
		expect(bundle).toEqual({ certificates: [], source: 'none' });
		expect(found({ bundle, ...vantage })).toEqual([`/${bundleFile}  trust_empty`]);
	});

	test('SSL_CERT_FILE that is not there', async () => {
		await using node = await makeNode({ nameservers: ['192.0.2.1'], files: { 'etc/ssl/certs/a.pem': one } });
		const vantage = createVantage(node.root, () => ({ SSL_CERT_FILE: '/srv/gone.pem' }))();
		expect(found(vantage)).toEqual(['/srv/gone.pem  file_unreadable']);
	});

	test('what cannot be read', async () => {
		await using node = await makeNode({ bundle: one });
		for (const path of ['etc/resolv.conf', 'etc/hosts', 'etc/nsswitch.conf', bundleFile]) {
			await rm(join(node.root, path));
			await mkdir(join(node.root, path));
		}
		const unreadable = ['/etc/resolv.conf', '/etc/hosts', '/etc/nsswitch.conf', `/${bundleFile}`];
		const expected = unreadable.map((file) => `${file}  file_unreadable`);
		expect(found(createVantage(node.root)()).toSorted()).toEqual(
			[...expected, `/${bundleFile}  trust_empty`].toSorted(),
		);
	});
});

test('a file that is a link to a directory which is not mounted is a fault, and a missing one is none', async () => {
	await using node = await makeNode({ nameservers: ['192.0.2.1'] });
	await rm(join(node.root, 'etc/resolv.conf'));
	await rm(join(node.root, 'etc/hosts'), { force: true });
	await symlink('../run/netconfig/resolv.conf', join(node.root, 'etc/resolv.conf'));
	const { faults, resolver } = createVantage(node.root)();
	const named = faults.filter(({ file }) => ['/etc/resolv.conf', '/etc/hosts'].includes(file));
	expect(named.map(({ file, fault }) => `${file} ${fault}`)).toEqual(['/etc/resolv.conf file_unreadable']);
	expect(named[0]?.detail).toContain('../run/netconfig/resolv.conf');
	expect(resolver.nameservers[0]?.address).toBe('127.0.0.1');
});
