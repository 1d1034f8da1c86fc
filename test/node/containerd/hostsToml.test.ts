import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { CertificateCheck } from '../../../src/node/containerd/certificates.ts';
import type { HostsContent } from '../../../src/node/containerd/facts.ts';
import { readHostsToml } from '../../../src/node/containerd/hostsToml.ts';

const file = '/etc/containerd/certs.d/registry.example/hosts.toml';
const certificates: CertificateCheck = {
	ca: (path, place) => ({ path, place }),
	pair: (certificate, key, place) => ({ certificate, key, place }),
};
const read = (text: string) => readHostsToml(Buffer.from(text), { file, certificates, origin: () => undefined });
const content = (text: string) => read(text) as HostsContent;

test('every key stands with its line', () => {
	const { server, root, hosts } = content(`server = "https://s"
ca = "root.crt"

[host."https://m"]
  capabilities = [
    "pull",
    "resolve"]
  override_path = true
  skip_verify = false
  ca = ["/a.crt", "b.crt"]
  client = [["c.cert", "c.key"], "d.pem"]
  dial_timeout = "1s"
  [host."https://m".header]
    x-one = "1"
    x-two = ["2", "3"]
  [host."https://m".rewrite]
    "^a" = "b"
`);
	const at = (line: number) => ({ file, line });
	const beside = (name: string) => `/etc/containerd/certs.d/registry.example/${name}`;
	expect(server).toEqual({ value: 'https://s', place: at(1) });
	expect(root).toMatchObject({ place: at(1), cas: [{ path: beside('root.crt'), place: at(2) }] });
	const host = hosts.get('https://m');
	expect(host?.headers.map(({ name, values, place }) => [name, values.map((value) => value.reveal()), place])).toEqual([
		['x-one', ['1'], at(14)],
		['x-two', ['2', '3'], at(15)],
	]);
	expect({ ...host, headers: [] }).toEqual({
		place: at(4),
		capabilities: [
			{ value: 'pull', place: at(6) },
			{ value: 'resolve', place: at(7) },
		],
		overridePath: true,
		skipVerify: false,
		cas: [
			{ path: '/a.crt', place: at(10) },
			{ path: beside('b.crt'), place: at(10) },
		],
		clients: [
			{ certificate: beside('c.cert'), key: beside('c.key'), place: at(11) },
			{ certificate: beside('d.pem'), key: beside('d.pem'), place: at(11) },
		],
		dialTimeout: { value: 1, place: at(12) },
		headers: [],
		rewrites: [{ pattern: '^a', replacement: 'b', place: at(17) }],
	});
});

test('hosts stand in the order of appearance, headers in that of the headers', () => {
	const { hosts, headed, hasHosts } = content(
		'[host.b.header]\n[host.a]\n[host.a.header]\n[other]\n[host.b]\n[host.c]\n',
	);
	expect([[...hosts.keys()], headed, hasHosts]).toEqual([['b', 'a', 'c'], ['b', 'a', 'b', 'c'], true]);
});

test('a value of a header never shows', () => {
	expect(JSON.stringify(content('[host.a.header]\nx = "hunter2"\n').hosts.get('a'))).not.toContain('hunter2');
});

const line = fc.constantFrom(
	'server = "https://s"',
	'server = 1',
	'[host."https://a"]',
	'[host."https://b".header]',
	'[host]',
	'capabilities = ["pull"]',
	'capabilities = 1',
	'ca = ["a", 1]',
	'ca = "a"',
	'client = [["a"]]',
	'client = [[1, 2]]',
	'header = { a = [1] }',
	'skip_verify = "x"',
	'dial_timeout = 5',
	'rewrite = 1',
	'x = "\u001b[31m"',
	'[',
	'\u0000',
);

test('any text is read, or the reason why not is one line for people', () => {
	const text = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n')),
	);
	fc.assert(
		fc.property(text, (hosts) => {
			const result = read(hosts);
			const why = 'why' in result ? result.why : '';
			expect(why).not.toMatch(/\p{Cc}/u);
			expect(why.length).toBeLessThan(300);
		}),
	);
});

test('any bytes are read', () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
			expect(readHostsToml(bytes, { file, certificates, origin: () => undefined })).toBeTypeOf('object');
		}),
	);
});
