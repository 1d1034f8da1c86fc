import { image } from '../image.ts';
import { certsDirectory, hostLines, hostsToml, type Setup } from '../setup.ts';

const one = hostLines(['mirror.test']);
const healthy = { 'registry.test': {}, 'mirror.test': {} };
const mirrorOnly = { 'registry.test': 'refused', 'mirror.test': {} } as const;
const hub = { 'registry-1.docker.io': {}, 'mirror.test': {} };
const proxy = { serves: 'proxy', plain: true, port: 3128 } as const;

/** The same again with other names, ports, images and files. */
export const variants: readonly Setup[] = [
	{ name: 'hub', says: 'Docker Hub', image: 'docker.io/team/app:1', hosts: hub },
	{
		name: 'hub-mirror',
		says: 'a mirror of Docker Hub',
		image: 'docker.io/team/app:1',
		files: hostsToml(one, 'docker.io'),
		hosts: { ...hub, 'registry-1.docker.io': 'refused' },
	},
	{
		name: 'hub-mirror-404',
		says: 'a mirror of Docker Hub that does not have the image',
		image: 'docker.io/team/app:1',
		files: hostsToml(['server = "https://registry-1.docker.io"', ...one], 'docker.io'),
		hosts: { ...hub, 'mirror.test': { respond: () => ({ status: 404 }) } },
	},
	{ name: 'digest', says: 'an image by its digest', image: `registry.test/team/app@${image.digest}` },
	{
		name: 'digest-mirror-pull',
		says: 'an image by its digest, the mirror may only pull',
		image: `registry.test/team/app@${image.digest}`,
		files: hostsToml(['[host."https://mirror.test"]', 'capabilities = ["pull"]']),
		hosts: mirrorOnly,
	},
	{
		name: 'mirror-port',
		says: 'a mirror on a port of its own',
		files: hostsToml(hostLines(['mirror.test:8443'])),
		hosts: { 'registry.test': 'refused', 'mirror.test': { port: 8443 } },
	},
	{
		name: 'mirror-address',
		says: 'a mirror that is an address, in plain HTTP on a port',
		files: hostsToml(['[host."http://198.51.100.9:5000"]', 'capabilities = ["pull", "resolve"]']),
		hosts: { 'registry.test': 'refused', '198.51.100.9': { plain: true, port: 5000 } },
	},
	{
		name: 'mirror-scheme-missing',
		says: 'a mirror without a scheme',
		files: hostsToml(['[host."mirror.test"]', 'capabilities = ["pull", "resolve"]']),
		hosts: healthy,
	},
	{
		name: 'server-path',
		says: 'server with a path and override_path',
		files: hostsToml(['server = "https://mirror.test/hub"', 'override_path = true']),
		hosts: { 'registry.test': {}, 'mirror.test': { root: '/hub' } },
		// The version that Debian has does not use it when it stands alone.
		only: ({ name, version }) => name === 'containerd' && !version.startsWith('1.'),
	},
	{
		name: 'server-capabilities',
		says: 'the registry itself may only resolve',
		files: hostsToml(['server = "https://registry.test"', 'capabilities = ["resolve"]', ...one]),
		hosts: { ...healthy, 'mirror.test': { respond: () => ({ status: 404 }) } },
	},
	{
		name: 'default-docker-layout',
		says: 'a ca.crt in _default',
		files: ({ privateAuthority }) => ({ [`${certsDirectory}/_default/ca.crt`]: privateAuthority.pem }),
		hosts: { 'registry.test': { certificate: 'private' } },
	},
	{
		name: 'ca-garbage',
		says: 'a ca file that holds no certificate',
		files: () => ({ ...hostsToml([...one, 'ca = "own.crt"'])(), [`${certsDirectory}/registry.test/own.crt`]: 'no\n' }),
		hosts: healthy,
	},
	{
		name: 'legacy-ca',
		says: 'registry.configs in config.toml names the ca',
		configPath: null,
		registrySection: '[$.configs."registry.test".tls]\nca_file = "/etc/own/ca.pem"',
		files: ({ privateAuthority }) => ({ '/etc/own/ca.pem': privateAuthority.pem }),
		hosts: { 'registry.test': { certificate: 'private' } },
	},
	{
		name: 'legacy-insecure',
		says: 'registry.configs in config.toml does not verify',
		configPath: null,
		registrySection: '[$.configs."registry.test".tls]\ninsecure_skip_verify = true',
		hosts: { 'registry.test': { certificate: 'self-signed' } },
	},
	{
		name: 'legacy-any',
		says: 'registry.mirrors in config.toml for all registries, in plain HTTP',
		configPath: null,
		registrySection: '[$.mirrors."*"]\nendpoint = ["http://mirror.test"]',
		hosts: { 'registry.test': 'refused', 'mirror.test': { plain: true } },
	},
	{
		name: 'bundle-empty',
		says: 'the node trusts nobody',
		files: () => ({ '/etc/ssl/certs/ca-certificates.crt': '' }),
	},
	{
		name: 'hosts-file',
		says: 'the name stands in the hosts file alone',
		names: { 'registry.test': { rcode: 'NXDOMAIN' } },
		files: () => ({ '/etc/hosts': '127.0.0.1 localhost\n198.51.100.60 registry.test\n' }),
	},
	{
		name: 'search',
		says: 'the name is found by the search list alone',
		image: 'registry.lan/team/app:1',
		hosts: { 'registry.lan': {} },
		names: { 'registry.lan': { rcode: 'NXDOMAIN' }, 'registry.lan.corp.test': { A: ['198.51.100.60'] } },
		files: () => ({ '/etc/resolv.conf': 'nameserver 198.51.100.53\nsearch corp.test\n' }),
	},
	{
		name: 'no-proxy-all',
		says: 'HTTPS_PROXY, and NO_PROXY with a star',
		hosts: { 'registry.test': {}, 'proxy.test': proxy },
		environment: { HTTPS_PROXY: 'http://proxy.test:3128', NO_PROXY: '*' },
	},
	{
		name: 'no-proxy-network',
		says: 'HTTPS_PROXY, and NO_PROXY with the network of a registry that is an address',
		image: '198.51.100.9:5000/team/app:1',
		hosts: { '198.51.100.9': { port: 5000 }, 'proxy.test': proxy },
		environment: { HTTPS_PROXY: 'http://proxy.test:3128', NO_PROXY: '198.51.100.0/24' },
	},
	{
		name: 'proxy-plain-mirror',
		says: 'HTTP_PROXY and a mirror in plain HTTP',
		files: hostsToml(['[host."http://mirror.test"]', 'capabilities = ["pull", "resolve"]']),
		hosts: { 'registry.test': 'refused', 'mirror.test': { plain: true }, 'proxy.test': proxy },
		environment: { HTTP_PROXY: 'http://proxy.test:3128' },
	},
	{
		name: 'proxy-token',
		says: 'HTTPS_PROXY; the token service is reached without it, where it is not',
		hosts: { 'registry.test': { auth: { token: 'auth.test' } }, 'auth.test': 'refused', 'proxy.test': proxy },
		environment: { HTTPS_PROXY: 'http://proxy.test:3128', NO_PROXY: 'auth.test' },
	},
	{
		name: 'head-405',
		says: 'the registry does not know HEAD',
		hosts: { 'registry.test': { respond: ({ method }) => (method === 'HEAD' ? { status: 405 } : undefined) } },
	},
	{
		name: 'head-503',
		says: 'the registry fails for HEAD alone',
		hosts: { 'registry.test': { respond: ({ method }) => (method === 'HEAD' ? { status: 503 } : undefined) } },
	},
];
