import { hostLines, hostsToml, type Setup } from '../setup.ts';

const bearer = { auth: { token: 'auth.test' } } as const;
const token = { serves: 'token' } as const;

/** Registries that want to know who pulls. */
export const logins: readonly Setup[] = [
	{ name: 'token', says: 'a token without a login', hosts: { 'registry.test': bearer, 'auth.test': token } },
	{
		name: 'token-login',
		says: 'a token with the right login',
		hosts: { 'registry.test': bearer, 'auth.test': token },
		login: 'right',
	},
	{
		name: 'token-wrong-login',
		says: 'a token with a wrong login',
		hosts: { 'registry.test': bearer, 'auth.test': token },
		login: 'wrong',
	},
	{ name: 'basic', says: 'Basic with the right login', hosts: { 'registry.test': { auth: 'basic' } }, login: 'right' },
	{
		name: 'basic-wrong',
		says: 'Basic with a wrong login',
		hosts: { 'registry.test': { auth: 'basic' } },
		login: 'wrong',
	},
	{ name: 'basic-none', says: 'Basic without a login', hosts: { 'registry.test': { auth: 'basic' } } },
	{
		name: 'mirror-basic',
		says: 'a mirror that wants Basic and has no login, the registry is open',
		files: hostsToml(hostLines(['mirror.test'])),
		hosts: { 'registry.test': {}, 'mirror.test': { auth: 'basic' } },
	},
	{
		name: 'mirror-basic-login',
		says: 'mirror and registry want Basic, the pull has a login',
		files: hostsToml(hostLines(['mirror.test'])),
		hosts: { 'registry.test': { auth: 'basic' }, 'mirror.test': { auth: 'basic' } },
		login: 'right',
	},
	{
		name: 'legacy-login',
		says: 'registry.configs in config.toml has the login, no config_path',
		configPath: null,
		registrySection: '[$.configs."registry.test".auth]\nusername = "kubelet"\npassword = "right horse"',
		hosts: { 'registry.test': { auth: 'basic' } },
		nodeLogin: true,
	},
	{
		name: 'token-service-refused',
		says: 'the token service refuses connections',
		hosts: { 'registry.test': bearer, 'auth.test': 'refused' },
	},
	{
		name: 'token-service-untrusted',
		says: 'the token service is of a private authority',
		hosts: { 'registry.test': bearer, 'auth.test': { ...token, certificate: 'private' } },
	},
	{
		name: 'token-service-503',
		says: 'the token service has an error',
		hosts: { 'registry.test': bearer, 'auth.test': { ...token, respond: () => ({ status: 503 }) } },
	},
	{
		name: 'token-empty',
		says: 'the token service answers without a token',
		hosts: {
			'registry.test': bearer,
			'auth.test': {
				...token,
				respond: () => ({ status: 200, headers: { 'content-type': 'application/json' }, body: '{}' }),
			},
		},
	},
];
