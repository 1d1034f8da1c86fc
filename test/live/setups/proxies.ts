import { hostLines, hostsToml, type Setup } from '../setup.ts';

const proxy = { serves: 'proxy', plain: true, port: 3128 } as const;
const hosts = { 'registry.test': {}, 'proxy.test': proxy };
const environment = { HTTPS_PROXY: 'http://proxy.test:3128' };

/** The runtime's environment names a proxy. */
export const proxies: readonly Setup[] = [
	{ name: 'proxy', says: 'HTTPS_PROXY', hosts, environment },
	{ name: 'proxy-detected', says: 'HTTPS_PROXY, seen in the process', hosts, environment, detected: true },
	{
		name: 'proxy-lower-case',
		says: 'https_proxy, without a scheme',
		hosts,
		environment: { https_proxy: 'proxy.test:3128' },
	},
	{
		name: 'proxy-http-only',
		says: 'HTTP_PROXY alone, which is not for https',
		hosts,
		environment: { HTTP_PROXY: 'http://proxy.test:3128' },
	},
	{
		name: 'no-proxy',
		says: 'HTTPS_PROXY, and NO_PROXY for the registry',
		hosts,
		environment: { ...environment, NO_PROXY: 'other.example,.test' },
	},
	{
		name: 'no-proxy-mirror',
		says: 'NO_PROXY for the mirror, the registry through the proxy',
		files: hostsToml(hostLines(['mirror.test'])),
		hosts: { ...hosts, 'mirror.test': { respond: () => ({ status: 404 }) } },
		environment: { ...environment, NO_PROXY: 'mirror.test' },
	},
	{
		name: 'no-proxy-port',
		says: 'NO_PROXY with a port that is not the one of the registry',
		hosts,
		environment: { ...environment, NO_PROXY: 'registry.test:5000' },
	},
	{
		name: 'proxy-login',
		says: 'a proxy that wants a login, and gets it',
		hosts: { ...hosts, 'proxy.test': { ...proxy, auth: 'basic' } },
		environment: { HTTPS_PROXY: 'http://kubelet:right%20horse@proxy.test:3128' },
	},
	{
		name: 'proxy-login-missing',
		says: 'a proxy that wants a login, and gets none',
		hosts: { ...hosts, 'proxy.test': { ...proxy, auth: 'basic' } },
		environment,
	},
	{
		name: 'proxy-refused',
		says: 'the proxy refuses connections',
		hosts: { ...hosts, 'proxy.test': 'refused' },
		environment,
	},
	{
		name: 'proxy-denies',
		says: 'the proxy forbids',
		hosts: { ...hosts, 'proxy.test': { ...proxy, respond: () => ({ status: 403 }) } },
		environment,
	},
	{
		name: 'proxy-dead-mirror',
		says: 'through the proxy: a mirror that refuses connections',
		files: hostsToml(hostLines(['dead.test'])),
		hosts: { ...hosts, 'dead.test': 'refused' },
		environment,
	},
];
