import { certsDirectory, hostLines, hostsToml, type Setup } from '../setup.ts';
import { elsewhere } from './answers.ts';

const one = hostLines(['mirror.test']);
const healthy = { 'registry.test': {}, 'mirror.test': {} };
const mirrorOnly = { 'registry.test': 'refused', 'mirror.test': {} } as const;

/** Where containerd is told of its hosts, and how it comes to them. */
export const places: readonly Setup[] = [
	{ name: 'default-directory', says: 'a mirror in _default', files: hostsToml(one, '_default'), hosts: mirrorOnly },
	{
		name: 'default-directory-overruled',
		says: 'a mirror in _default that is not used, because the registry has a directory',
		files: () => ({
			...hostsToml(hostLines(['other.test']), '_default')(),
			...hostsToml(one)(),
		}),
		hosts: { ...healthy, 'other.test': {} },
	},
	{
		name: 'override-path',
		says: 'a mirror below a path of its own, override_path',
		files: hostsToml(['[host."https://mirror.test/cache/hub"]', 'override_path = true']),
		hosts: { ...healthy, 'mirror.test': { root: '/cache/hub' } },
	},
	{
		name: 'path',
		says: 'a mirror below a path, without override_path',
		files: hostsToml(['[host."https://mirror.test/cache"]']),
		hosts: { ...healthy, 'mirror.test': { root: '/cache/v2' } },
	},
	{
		name: 'server-only',
		says: 'server alone, no host',
		files: hostsToml('server = "https://mirror.test"'),
		hosts: healthy,
	},
	{
		name: 'server-only-dead',
		says: 'server alone, it refuses connections',
		files: hostsToml('server = "https://mirror.test"'),
		hosts: { 'registry.test': {}, 'mirror.test': 'refused' },
	},
	{
		name: 'server-other',
		says: 'a mirror that refuses connections, and a server that is not the registry',
		files: hostsToml(['server = "https://other.test"', ...hostLines(['mirror.test'])]),
		hosts: { 'registry.test': 'refused', 'mirror.test': 'refused', 'other.test': {} },
	},
	{
		name: 'capabilities-pull',
		says: 'the mirror may only pull',
		files: hostsToml(['[host."https://mirror.test"]', 'capabilities = ["pull"]']),
		hosts: healthy,
	},
	{
		name: 'capabilities-resolve',
		says: 'the mirror may only resolve',
		files: hostsToml(['[host."https://mirror.test"]', 'capabilities = ["resolve"]']),
		hosts: healthy,
	},
	{
		name: 'capabilities-unknown',
		says: 'the mirror has a capability that does not exist',
		files: hostsToml(['[host."https://mirror.test"]', 'capabilities = ["fetch"]']),
		hosts: healthy,
	},
	{
		name: 'unparseable',
		says: 'a hosts.toml that is no TOML',
		files: hostsToml('[host."https://mirror'),
		hosts: healthy,
	},
	{
		name: 'plain-http',
		says: 'a mirror in plain HTTP',
		files: hostsToml(['[host."http://mirror.test"]', 'capabilities = ["pull", "resolve"]']),
		hosts: { ...mirrorOnly, 'mirror.test': { plain: true } },
	},
	{
		name: 'plain-http-unasked',
		says: 'a registry in plain HTTP that the node takes for one with TLS',
		hosts: { 'registry.test': { plain: true, port: 443 } },
	},
	{
		name: 'port',
		says: 'a registry on a port of its own, and its directory with that port',
		image: 'registry.test:5000/team/app:1',
		files: hostsToml(one, 'registry.test_5000_'),
		hosts: { 'registry.test': { port: 5000 }, 'mirror.test': {} },
	},
	{
		name: 'headers',
		says: 'a mirror that wants a header',
		files: hostsToml([...one, '[host."https://mirror.test".header]', 'x-key = "open"']),
		hosts: {
			...mirrorOnly,
			'mirror.test': { respond: ({ headers }) => (headers['x-key'] === 'open' ? undefined : { status: 403 }) },
		},
	},
	{
		name: 'config-path-two',
		says: 'a config_path of two directories, hosts.toml below the second',
		configPath: `/etc/containerd/none.d:${certsDirectory}`,
		files: hostsToml(one),
		hosts: healthy,
	},
	{ name: 'config-path-none', says: 'no config_path', configPath: null, files: hostsToml(one), hosts: healthy },
	{
		name: 'legacy-mirrors',
		says: 'registry.mirrors in config.toml, no config_path',
		configPath: null,
		registrySection: '[$.mirrors."registry.test"]\nendpoint = ["https://dead.test", "https://mirror.test"]',
		hosts: { ...healthy, 'dead.test': 'refused' },
	},
	{
		name: 'localhost',
		says: 'localhost with a port, in plain HTTP',
		image: 'localhost:5000/team/app:1',
		hosts: { localhost: { plain: true, port: 5000, address: '127.0.0.1' } },
	},
	{
		name: 'localhost-default-port',
		says: 'localhost without a port, in plain HTTP on port 80',
		image: 'localhost/team/app:1',
		hosts: { localhost: { plain: true, address: '127.0.0.1' } },
	},
	{
		name: 'localhost-untrusted',
		says: 'a loopback address with a certificate that nobody vouches for',
		image: '127.0.0.1:5000/team/app:1',
		hosts: { '127.0.0.1': { certificate: 'self-signed', port: 5000 } },
	},
	{
		name: 'redirected',
		says: 'the registry sends its clients to another host for everything',
		hosts: { 'registry.test': { respond: elsewhere('other.test') }, 'other.test': {} },
	},
	{
		name: 'detected',
		says: 'a mirror that is dead and one that works; the probe sees the process of the runtime',
		files: hostsToml(hostLines(['dead.test', 'mirror.test'])),
		hosts: { ...healthy, 'dead.test': 'refused' },
		detected: true,
		only: ({ name }) => name === 'containerd',
	},
];
