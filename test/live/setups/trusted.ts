import type { Authority } from '../../fakes/authority.ts';
import { certsDirectory, type Files, type Given, hostLines, hostsToml, type Setup } from '../setup.ts';

const directory = `${certsDirectory}/registry.test`;
const mirrorOnly = { 'registry.test': 'refused', 'mirror.test': { certificate: 'private' } } as const;
const demanding = { 'registry.test': 'refused', 'mirror.test': { asksCertificate: true } } as const;

async function clientFiles(authority: Authority): Promise<Files> {
	const { key, cert } = await authority.issue({ names: ['node.test'], extendedKeyUsage: ['client'] });
	return { [`${directory}/client.crt`]: cert, [`${directory}/client.key`]: key };
}

const withMirror = (...keys: readonly string[]) => hostsToml(hostLines(['mirror.test'], ...keys))();

/** What the node trusts, and what it shows. */
export const trusted: readonly Setup[] = [
	{
		name: 'ca',
		says: 'a mirror of a private authority, named by ca with a relative path',
		files: ({ privateAuthority }) => ({
			...withMirror('ca = "own.crt"'),
			[`${directory}/own.crt`]: privateAuthority.pem,
		}),
		hosts: mirrorOnly,
	},
	{
		name: 'ca-absolute',
		says: 'a mirror of a private authority, named by ca with an absolute path',
		files: ({ privateAuthority }) => ({
			...withMirror('ca = ["/etc/own/ca.pem"]'),
			'/etc/own/ca.pem': privateAuthority.pem,
		}),
		hosts: mirrorOnly,
	},
	{
		name: 'ca-missing',
		says: 'a healthy mirror whose ca file does not exist',
		files: () => withMirror('ca = "missing.crt"'),
		hosts: { 'registry.test': {}, 'mirror.test': {} },
	},
	{
		name: 'ca-of-another-host',
		says: 'the ca of the mirror does not help the registry',
		files: ({ privateAuthority }) => ({
			...withMirror('ca = "own.crt"'),
			[`${directory}/own.crt`]: privateAuthority.pem,
		}),
		hosts: { 'registry.test': { certificate: 'private' }, 'mirror.test': 'refused' },
	},
	{
		name: 'skip-verify',
		says: 'a mirror that is not verified',
		files: () => withMirror('skip_verify = true'),
		hosts: { 'registry.test': 'refused', 'mirror.test': { certificate: 'self-signed' } },
	},
	{
		name: 'docker-layout',
		says: 'the directory of the registry has no hosts.toml, but a ca.crt',
		files: ({ privateAuthority }) => ({ [`${directory}/ca.crt`]: privateAuthority.pem }),
		hosts: { 'registry.test': { certificate: 'private' } },
	},
	{
		name: 'docker-layout-client',
		says: 'the directory has no hosts.toml, but client.cert and client.key',
		files: async ({ privateAuthority }) => {
			const files = await clientFiles(privateAuthority);
			return {
				[`${directory}/client.cert`]: files[`${directory}/client.crt`] ?? '',
				[`${directory}/client.key`]: files[`${directory}/client.key`] ?? '',
			};
		},
		hosts: { 'registry.test': { asksCertificate: true } },
	},
	{
		name: 'client',
		says: 'a mirror that wants a certificate, and client with a pair',
		files: async ({ privateAuthority }: Given) => ({
			...withMirror('client = [["client.crt", "client.key"]]'),
			...(await clientFiles(privateAuthority)),
		}),
		hosts: demanding,
	},
	{
		name: 'client-none',
		says: 'a mirror that wants a certificate and gets none',
		files: () => withMirror(),
		hosts: demanding,
	},
	{
		name: 'client-missing',
		says: 'client names a file that does not exist',
		files: () => withMirror('client = [["client.crt", "client.key"]]'),
		hosts: { 'registry.test': {}, 'mirror.test': {} },
	},
	{
		name: 'untrusted',
		says: 'the registry is of a private authority',
		hosts: { 'registry.test': { certificate: 'private' } },
	},
	{
		name: 'expired',
		says: 'the certificate of the registry ended yesterday',
		hosts: { 'registry.test': { certificate: 'expired' } },
	},
	{
		name: 'other-name',
		says: 'the certificate is for another name',
		hosts: { 'registry.test': { certificate: 'other name' } },
	},
];
