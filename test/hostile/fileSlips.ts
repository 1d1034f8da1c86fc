import { user } from './canary.ts';

/** What is planted. */
export const canary = 'canary-in-a-file-7f3a9c';
/** With the user that it is for. */
export const login = `${user}:${canary}`;
/** One that could be taken for a word. */
export const word = 'canary7f3a9c';
/** As docker writes it. */
export const encoded = Buffer.from(login).toString('base64');
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
export const slips: Readonly<Record<string, readonly [runtime: string, files: Readonly<Record<string, string>>]>> = {
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
