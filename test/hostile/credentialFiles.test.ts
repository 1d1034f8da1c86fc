import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { openNode } from '../../src/commands/nodeHere.ts';
import { plannedDocument } from '../../src/commands/planned.ts';
import { planText } from '../../src/commands/planText.ts';
import { Folder } from '../config/folder.ts';
import { makeNode } from '../fakes/node.ts';
import { holds, user } from './canary.ts';
import { runCommand } from './commandRun.ts';

const canary = 'canary-in-a-file-7f3a9c';
const login = `${user}:${canary}`;
/** One that could be taken for a word. */
const word = 'canary7f3a9c';
const encoded = Buffer.from(login).toString('base64');
const crio = { '/usr/bin/crio': '', '/run/crio/version': '"1.36.1"' };
const conf = '/etc/containers/registries.conf';
const mirrors = (text: string) => ({
	...crio,
	[conf]: `[[registry]]\nlocation = "r.test"\n[[registry.mirror]]\n${text}\n`,
});
const containerd = (text: string) => ({ '/usr/bin/containerd': '', '/etc/containerd/config.toml': text });
const criRegistry = 'plugins."io.containerd.grpc.v1.cri".registry';
const hosts = (text: string) => ({
	...containerd(`version = 2\n[${criRegistry}]\nconfig_path = "/etc/containerd/certs.d"\n`),
	'/etc/containerd/certs.d/r.test/hosts.toml': text,
});
const unit = (environment: string) => ({
	...containerd('version = 2\n'),
	'/usr/lib/systemd/system/containerd.service': `[Service]\nExecStart=/usr/bin/containerd\nEnvironment=${environment}\n`,
});
const provider = `apiVersion: kubelet.config.k8s.io/v1\nkind: CredentialProviderConfig\nproviders:\n`;
const asPem = `-----BEGIN PRIVATE KEY-----\n${'A'.repeat(64)}\n${canary}\n${'B'.repeat(300)}\n-----END PRIVATE KEY-----\n`;
const keyring = (auths: Readonly<Record<string, unknown>>) => ({
	...containerd('version = 2\n'),
	'/var/lib/kubelet/config.json': JSON.stringify({ auths }),
});
const providers = (entry: string) => ({
	...containerd('version = 2\n'),
	'/etc/eks/image-credential-provider/config.json': `${provider}  - name: p\n    apiVersion: credentialprovider.kubelet.k8s.io/v1\n    defaultCacheDuration: 1h\n${entry}`,
});
const split = `https://${user}:12/${canary}@m.test`;
const crioConf = (text: string) => ({ ...crio, '/etc/crio/crio.conf': `[crio.image]\n${text}\n` });

/** What a person may have written into a file of the node, in the wrong place or with a slip: the runtime, and files. */
const slips: Readonly<Record<string, readonly [runtime: string, files: Readonly<Record<string, string>>]>> = {
	'a location with a scheme': ['cri-o/1.36.1', mirrors(`location = "https://${login}@m.test"`)],
	'a location with a login': ['cri-o/1.36.1', mirrors(`location = "${login}@m.test/cache"`)],
	'a location with a login in front of a digest': ['cri-o/1.36.1', mirrors(`location = "${login}@m.test/c@sha256:1"`)],
	'a search registry': ['cri-o/1.36.1', { ...crio, [conf]: `unqualified-search-registries = ["${login}@m.test"]\n` }],
	'a broken auth.json': [
		'cri-o/1.36.1',
		{ ...crio, '/root/.docker/config.json': `{"auths":{"r.test":{"auth":"${encoded}"}}` },
	],
	'a mirror of containerd': [
		'containerd/1.7.0',
		containerd(`version = 2\n[${criRegistry}.mirrors."r.test"]\nendpoint = ["https://${login} @m.test"]\n`),
	],
	'a login of containerd': [
		'containerd/1.7.0',
		containerd(`version = 2\n[${criRegistry}.configs."r.test".auth]\nauth = ${encoded}\npassword = "${canary}"\n`),
	],
	'a host of hosts.toml': ['containerd/2.2.1', hosts(`[host."https://${login}@m.test"]\n`)],
	'a host that is no URL': ['containerd/2.2.1', hosts(`[host."https://${login}@m .test"]\n`)],
	'a header without quotes': [
		'containerd/2.2.1',
		hosts(`[host."https://m.test".header]\nAuthorization = Basic ${encoded}\n`),
	],
	'a header that cannot be sent': [
		'containerd/2.2.1',
		hosts(`[host."https://m.test".header]\nAuthorization = "Basic ${encoded}\\u0007"\n`),
	],
	'a proxy without a port': ['containerd/2.2.1', unit(`"HTTPS_PROXY=http://${login}@proxy:x"`)],
	'a proxy in open quotes': ['containerd/2.2.1', unit(`"HTTPS_PROXY=http://${login}@proxy:3128`)],
	'a broken config.json': [
		'containerd/2.2.1',
		{
			...containerd('version = 2\n'),
			'/var/lib/kubelet/config.json': `{"auths":{"https://${login}@r.test":{"auth":"${login}"}}}`,
		},
	],
	'a credential provider': [
		'containerd/2.2.1',
		{
			...containerd('version = 2\n'),
			'/etc/eks/image-credential-provider/config.json': `${provider}  - name: p\n    env: [{ name: T, value: ${canary} }\n    args: [--token=${canary}]\n`,
		},
	],
	'a host with a slash in its password': ['containerd/2.2.1', hosts(`[host."${split}"]\n`)],
	'two hosts with a slash in their password': [
		'containerd/2.2.1',
		hosts(`[host."${split}"]\n[host."${split}/hub"]\n[host."https://${user}:12/%FF${canary}%40m.test"]\n`),
	],
	'a server with a slash in its password': [
		'containerd/2.2.1',
		hosts(`server = "${split}"\n[host."https://n.test"]\n`),
	],
	'an endpoint with a slash in its password': [
		'containerd/1.7.0',
		containerd(`version = 2\n[${criRegistry}.mirrors."r.test"]\nendpoint = ["${split}"]\n`),
	],
	'an endpoint that is a login': [
		'containerd/1.7.0',
		containerd(`version = 2\n[${criRegistry}.mirrors."r.test"]\nendpoint = ["${login}"]\n`),
	],
	'an endpoint with a query': [
		'containerd/1.7.0',
		containerd(`version = 2\n[${criRegistry}.mirrors."r.test"]\nendpoint = ["https://m.test:x?token=${canary}"]\n`),
	],
	'a certificate of containerd 1': [
		'containerd/1.7.0',
		containerd(
			`version = 2\n[${criRegistry}.configs."r.test".tls]\nca_file = "${login}"\ncert_file = "${login}"\nkey_file = """${asPem}"""\n`,
		),
	],
	'a capability': ['containerd/2.2.1', hosts(`[host."https://m.test"]\ncapabilities = ["${canary}"]\n`)],
	'a CA file': ['containerd/2.2.1', hosts(`[host."https://m.test"]\nca = ["${login}", "${encoded}"]\n`)],
	'the key in place of its file': ['containerd/2.2.1', hosts(`[host."https://m.test"]\nclient = """${asPem}"""\n`)],
	'the key beside a certificate': [
		'containerd/2.2.1',
		{
			...hosts(`[host."https://m.test"]\nclient = [["a.pem", """${asPem}"""]]\n`),
			'/etc/containerd/certs.d/r.test/a.pem': '',
		},
	],
	'an import': ['containerd/2.2.1', containerd(`version = 2\nimports = ["${login}", "/x/${login}@y.toml"]\n`)],
	'a key of the keyring, in capitals': ['containerd/2.2.1', keyring({ [`HTTPS://${login}@r.test`]: {} })],
	'a key of the keyring, with another scheme': [
		'containerd/2.2.1',
		keyring({ [`ssh://${login}@r.test`]: { auth: encoded } }),
	],
	'a key of the keyring, with a slash in its password': [
		'containerd/2.2.1',
		keyring({ [`https://${user}:a/${canary}@r.test`]: { auth: encoded } }),
	],
	'a key of the keyring that is a login': ['containerd/2.2.1', keyring({ [login]: { auth: encoded } })],
	'a key of the keyring in base64': ['containerd/2.2.1', keyring({ [encoded]: { identitytoken: canary } })],
	'a key of a .dockercfg': [
		'containerd/2.2.1',
		{ ...containerd('version = 2\n'), '/var/lib/kubelet/.dockercfg': JSON.stringify({ [login]: { auth: 7 } }) },
	],
	'a pattern of a credential provider': [
		'containerd/2.2.1',
		providers(`    matchImages: ["https://${login}@r.test", "${login}@r.test", "${login}", "r.test/${canary} "]\n`),
	],
	'a variable of a credential provider': [
		'containerd/2.2.1',
		providers(`    matchImages: [r.test]\n    env: [{ "TOKEN=${canary}": null }]\n`),
	],
	'a search registry that is a login': [
		'cri-o/1.36.1',
		{ ...crio, [conf]: `unqualified-search-registries = ["${login}"]\n` },
	],
	'a search registry in base64': [
		'cri-o/1.36.1',
		{ ...crio, [conf]: `unqualified-search-registries = ["${encoded}"]\n` },
	],
	'a setting that is a login': ['cri-o/1.36.1', mirrors(`location = "m.test"\n"${login}" = true`)],
	'the name of an alias': ['cri-o/1.36.1', { ...crio, [conf]: `[aliases]\n"${login}" = "m.test/app"\n` }],
	'what an alias leads to': ['cri-o/1.36.1', { ...crio, [conf]: `[aliases]\napp = "${encoded}"\n` }],
	'a mode of registries.conf': ['cri-o/1.36.1', { ...crio, [conf]: `short-name-mode = "${canary}"\n` }],
	'a mode of a mirror': ['cri-o/1.36.1', mirrors(`location = "m.test"\npull-from-mirror = "${canary}"`)],
	'a mode of crio.conf': ['cri-o/1.36.1', crioConf(`short_name_mode = "${canary}"`)],
	'a signed address as a location': ['cri-o/1.36.1', mirrors(`location = "https://m.test?sig=${canary}"`)],
	'a location with a query': ['cri-o/1.36.1', mirrors(`location = "m.test/x?token=${canary}"`)],
};

const configured = (root: string, runtime: string) =>
	`node: { name: n, root: ${root}, runtime: ${runtime}, credential_providers: run }\nregistries: [{ name: r.test, image: 'r.test/team/app:1', credentials: node }]\n`;

describe('a login in a file of the node that cannot be used so', () => {
	test.each(Object.entries(slips))('is not shown: %s', async (_title, [runtime, files]) => {
		await using node = await makeNode({ files });
		await using folder = await Folder.make();
		const here = await openNode(await folder.load(configured(node.root, runtime)));
		const document = plannedDocument(here);
		const told = `${JSON.stringify(document)}${planText(document, here.targets())}`;
		expect(told).toContain('r.test/team/app');
		expect(holds(told, canary)).toBe(false);
	});

	test('is not printed', async () => {
		const [runtime, files] = slips['a location with a login'] ?? ['', {}];
		await using node = await makeNode({ files });
		await node.write('/config.yaml', configured(node.root, runtime));
		const { stdout, stderr, code } = await runCommand('plan', '--config', join(node.root, 'config.yaml'));
		expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
		expect(stdout).toContain('REDACTED@m.test/cache');
		expect(holds(stdout, canary)).toBe(false);
	});
});

describe('a login in the configuration, where something else belongs', () => {
	const entry = (text: string) => `registries:\n  - name: r.test\n    ${text}\n`;

	test.each([
		['a file, in place of its path', entry(`credentials: { file: '{"auths":{"r.test":{"auth":"${encoded}"}}}' }`)],
		['the login in base64, in place of a path', entry(`credentials: { file: ${encoded} }`)],
		['the login, in place of a path', entry(`credentials: { file: '${login}' }`)],
		['a key of a map', entry(`credentials: { '${login}': x }`)],
		['a word, in place of a key of a login', entry(`credentials: { ${word}: x }`)],
		['a path below a word, in place of a key of a login', entry(`credentials: { ${word}: *nowhere }`)],
		['a key of the whole', `'${login}': x\n`],
		['a key without a space behind its colon', `registries: [{ name: r.test, proxy:http://${login}@p:3128: x }]\n`],
		['a key that stands twice', `node: { '${login}': x, '${login}': y }\n`],
		['a key above an anchor that is not there', `x: { '${login}': *nowhere }\n`],
		['a key above a variable that is not set', `x: { '${login}': '\${UNSET}' }\n`],
		['the password between the braces of a variable', `proxy: 'http://${user}:\${${word}}@p:3128'\n`],
		['the same in capital letters', `no_proxy: '\${${word.toUpperCase()}}'\n`],
		['a tag', `proxy: !${canary}!\n`],
		['a directive', `%${canary}\n---\na: b\n`],
		['a version of YAML', `%YAML ${canary}\n---\na: b\n`],
		['a key in base64, in place of its path', `tls: { certificate: a.pem, key: ${encoded} }\n`],
		['a key in base64 with slashes', `tls: { certificate: a.pem, key: /${encoded}/${encoded} }\n`],
		['a word, in place of the path of a key', `tls: { certificate: a.pem, key: ${word} }\n`],
		['a word, in place of both paths', `tls: ${word}\n`],
		['a word, in place of the path of a CA', entry(`ca: ${word}`)],
		['a word, in place of a path', entry(`credentials: { file: /${word} }`)],
		['a word with a dot, in place of a path', entry(`credentials: { file: ghp.${word} }`)],
		['a query of an endpoint', entry(`endpoint: 'https://m.test:5000/?token=${canary}'`)],
		['a fragment of an endpoint', entry(`endpoint: 'https://m.test:5000#${canary}'`)],
		['a query of an image', entry(`image: 'r.test/app?sig=${canary}'`)],
		['a token before an image', entry(`image: '${word}@r.test/app'`)],
		['a token before an image with a digest', entry(`image: '${word}@r.test/A@sha256:abc'`)],
		['a token, in place of a digest', entry(`image: 'r.test/A@sha256:${word}'`)],
		['a token before a name', `registries: [{ name: '${word}@r.test' }]\n`],
		['a header, in place of a name', `registries: [{ name: 'Bearer ${word}' }]\n`],
		['a name with a login, beside an image', `registries: [{ name: 'https://${login}@r.test', image: r.test/app }]\n`],
		['the whole', `${login}\n`],
		['a word that is the whole', `${word}\n`],
		['the list of registries', `registries: ${login}\n`],
		['an interval', entry(`interval: '${login}'`)],
		['a word, in place of an interval', entry(`interval: ${word}`)],
		['a port to listen on', `listen: '${login}'\n`],
		['a word, in place of another', `authentication: ${word}\n`],
		['a runtime', `node: { runtime: '${login}' }\n`],
		['a namespace', `pull_secrets: { namespaces: ['${login}'] }\n`],
		['a pattern', `discovery: { allow: ['${login}/*'] }\n`],
		[
			'a key, in place of its path',
			`tls:\n  certificate: a.pem\n  key: |\n    -----BEGIN PRIVATE KEY-----\n    ${canary}\n`,
		],
		['an image', entry(`image: '${login}@r.test/app'`)],
		['an endpoint without a scheme', entry(`endpoint: '${login}@m.test:5000'`)],
		['a name', `registries:\n  - name: '${login}@r.test'\n`],
		['an address to listen on', `listen: '${login}@0.0.0.0:9917'\n`],
	])('is not shown: %s', async (_title, text) => {
		await using folder = await Folder.make();
		const faults = await folder.faults(text);
		expect(faults).not.toEqual([]);
		expect([canary, word].filter((secret) => holds(faults.join('\n'), secret))).toEqual([]);
	});
});

describe('a login in an argument that cannot be used', () => {
	test.each([
		['cluster', '--prometheus', `ftp://${login}@prometheus.test`],
		['cluster', '--prometheus', `http://${login}@[`],
		['check', `${login}@r.test/team/app`],
		['explain', `${login}@r.test/app`],
	])('is not repeated by %s', async (...words) => {
		const { stdout, stderr, code } = await runCommand(...words);
		expect(code).toBe(2);
		expect(stderr).toContain('--help');
		expect(holds(stdout + stderr, canary)).toBe(false);
	});
});
