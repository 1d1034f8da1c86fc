import type { Setup } from '../setup.ts';
import { always, blobs } from './answers.ts';

const only: NonNullable<Setup['only']> = ({ name }) => name === 'skopeo';
const conf = '/etc/containers/registries.conf';

/** A registries.conf (https://github.com/containers/image/blob/main/docs/containers-registries.conf.5.md) with these mirrors. */
function withMirrors(...locations: readonly string[]): Pick<Setup, 'files' | 'only'> {
	const mirrors = locations.map((location) => `[[registry.mirror]]\nlocation = "${location}"\n`);
	return { only, files: () => ({ [conf]: `[[registry]]\nlocation = "registry.test"\n${mirrors.join('')}` }) };
}

const mirror = { 'registry.test': {}, 'mirror.test': {} };

/** The files of containers/image, which CRI-O and skopeo read. */
export const registries: readonly Setup[] = [
	{ name: 'conf-none', says: 'an empty registries.conf', only },
	{ name: 'conf-mirror', says: 'registries.conf with a healthy mirror', hosts: mirror, ...withMirrors('mirror.test') },
	{
		name: 'conf-mirror-refused',
		says: 'registries.conf: the first of two mirrors refuses connections',
		hosts: { ...mirror, 'dead.test': 'refused' },
		...withMirrors('dead.test', 'mirror.test'),
	},
	{
		name: 'conf-mirror-404',
		says: 'registries.conf: the mirror does not have the image',
		hosts: { ...mirror, 'mirror.test': { respond: always(404, 'MANIFEST_UNKNOWN') } },
		...withMirrors('mirror.test'),
	},
	{
		name: 'conf-mirror-blob-404',
		says: 'registries.conf: the mirror does not have its blobs',
		hosts: { ...mirror, 'mirror.test': { respond: blobs(404, 'BLOB_UNKNOWN') } },
		...withMirrors('mirror.test'),
	},
	{
		name: 'conf-mirror-untrusted',
		says: 'registries.conf: the mirror is of a private authority',
		hosts: { ...mirror, 'mirror.test': { certificate: 'private' } },
		...withMirrors('mirror.test'),
	},
	{
		name: 'conf-mirror-repository',
		says: 'registries.conf: a mirror with a path',
		hosts: { 'registry.test': 'refused', 'mirror.test': {} },
		only,
		files: () => ({
			[conf]: '[[registry]]\nprefix = "registry.test/hub"\nlocation = "mirror.test/team"\n',
		}),
		image: 'registry.test/hub/app:1',
	},
	{
		name: 'conf-wildcard',
		says: 'registries.conf: a prefix with a wildcard',
		hosts: { 'sub.registry.test': 'refused', 'mirror.test': {} },
		only,
		files: () => ({
			[conf]: '[[registry]]\nprefix = "*.registry.test"\n[[registry.mirror]]\nlocation = "mirror.test"\n',
		}),
		image: 'sub.registry.test/team/app:1',
	},
	{
		name: 'conf-blocked',
		says: 'registries.conf: the registry is blocked',
		only,
		files: () => ({ [conf]: '[[registry]]\nlocation = "registry.test"\nblocked = true\n' }),
	},
	{
		name: 'conf-insecure',
		says: 'registries.conf: an insecure registry that speaks plain HTTP',
		only,
		hosts: { 'registry.test': { plain: true } },
		files: () => ({ [conf]: '[[registry]]\nlocation = "registry.test"\ninsecure = true\n' }),
	},
	{
		name: 'conf-insecure-untrusted',
		says: 'registries.conf: an insecure registry of a private authority',
		only,
		hosts: { 'registry.test': { certificate: 'private' } },
		files: () => ({ [conf]: '[[registry]]\nlocation = "registry.test"\ninsecure = true\n' }),
	},
	{
		name: 'conf-insecure-500',
		says: 'registries.conf: an insecure registry with an error over TLS, and none in plain HTTP',
		only,
		hosts: {
			'registry.test': { respond: always(500, 'UNAVAILABLE'), address: '198.51.100.60' },
			'198.51.100.60': { plain: true },
		},
		files: () => ({ [conf]: '[[registry]]\nlocation = "registry.test"\ninsecure = true\n' }),
	},
	{
		name: 'conf-digest-only',
		says: 'registries.conf: the mirror is for digests only',
		only,
		hosts: mirror,
		files: () => ({
			[conf]:
				'[[registry]]\nlocation = "registry.test"\n[[registry.mirror]]\nlocation = "mirror.test"\npull-from-mirror = "digest-only"\n',
		}),
	},
	{
		name: 'conf-certs',
		says: 'certs.d of the registry has the private authority',
		only,
		hosts: { 'registry.test': { certificate: 'private' } },
		files: ({ privateAuthority }) => ({ '/etc/containers/certs.d/registry.test/ca.crt': privateAuthority.pem }),
	},
	{
		name: 'conf-token',
		says: 'a token with a login, for skopeo',
		only,
		hosts: { 'registry.test': { auth: { token: 'auth.test' } }, 'auth.test': { serves: 'token' } },
		login: 'right',
	},
	{
		name: 'conf-proxy',
		says: 'HTTPS_PROXY, for skopeo',
		only,
		hosts: { 'registry.test': {}, 'proxy.test': { serves: 'proxy', plain: true, port: 3128 } },
		environment: { HTTPS_PROXY: 'http://proxy.test:3128' },
	},
	{
		name: 'conf-refused',
		says: 'the registry refuses connections, for skopeo',
		only,
		hosts: { 'registry.test': 'refused' },
	},
	{
		name: 'conf-basic-none',
		says: 'Basic without a login, for skopeo',
		only,
		hosts: { 'registry.test': { auth: 'basic' } },
	},
];
