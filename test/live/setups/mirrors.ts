import { hostLines, hostsToml, type Setup } from '../setup.ts';
import { always, blobs } from './answers.ts';

const one = hostsToml(hostLines(['mirror.test']));
const healthy = { 'registry.test': {}, 'mirror.test': {} };

/** Mirrors that work, and mirrors that do not. */
export const mirrors: readonly Setup[] = [
	{ name: 'no-mirror', says: 'nothing but the registry' },
	{ name: 'mirror', says: 'hosts.toml with a healthy mirror', files: one, hosts: healthy },
	{
		name: 'mirror-order',
		says: 'two healthy mirrors: the one that is written first',
		files: hostsToml(hostLines(['second.test', 'first.test'])),
		hosts: { 'registry.test': {}, 'first.test': {}, 'second.test': {} },
	},
	{
		name: 'mirror-refused',
		says: 'two mirrors: the first refuses connections',
		files: hostsToml(hostLines(['dead.test', 'mirror.test'])),
		hosts: { ...healthy, 'dead.test': 'refused' },
	},
	{
		name: 'mirrors-all-refused',
		says: 'two mirrors: both refuse connections',
		files: hostsToml(hostLines(['dead.test', 'gone.test'])),
		hosts: { 'registry.test': {}, 'dead.test': 'refused', 'gone.test': 'refused' },
	},
	{
		name: 'mirror-nxdomain',
		says: 'the name of the mirror does not exist',
		files: hostsToml(hostLines(['nowhere.test'])),
	},
	{
		name: 'mirror-dropped',
		says: 'the mirror drops connections, dial_timeout is 1s',
		files: hostsToml(hostLines(['dead.test'], 'dial_timeout = "1s"')),
		hosts: { 'registry.test': {}, 'dead.test': 'dropped' },
		// Older ones wait 30 s for every object.
		only: ({ name, version }) => name === 'containerd' && !version.startsWith('1.'),
	},
	{
		name: 'mirror-404',
		says: 'the mirror does not have the image',
		files: one,
		hosts: { ...healthy, 'mirror.test': { respond: always(404, 'MANIFEST_UNKNOWN') } },
	},
	{
		name: 'mirror-403',
		says: 'the mirror forbids',
		files: one,
		hosts: { ...healthy, 'mirror.test': { respond: always(403, 'DENIED') } },
	},
	{
		name: 'mirror-500',
		says: 'the mirror has an error',
		files: one,
		hosts: { ...healthy, 'mirror.test': { respond: always(500, 'UNAVAILABLE') } },
	},
	{
		name: 'mirror-429',
		says: 'the mirror has had enough',
		files: one,
		hosts: { ...healthy, 'mirror.test': { respond: always(429, 'TOOMANYREQUESTS') } },
	},
	{
		name: 'mirror-untrusted',
		says: 'the mirror has a certificate that the node does not trust',
		files: one,
		hosts: { ...healthy, 'mirror.test': { certificate: 'private' } },
	},
	{
		name: 'mirror-blob-500',
		says: 'the mirror has the manifests, its blobs fail',
		files: one,
		hosts: { ...healthy, 'mirror.test': { respond: blobs(500, 'UNAVAILABLE') } },
	},
	{
		name: 'mirror-html',
		says: 'the mirror answers everything with a page',
		files: one,
		hosts: {
			...healthy,
			'mirror.test': {
				respond: () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: '<p>Welcome</p>' }),
			},
		},
	},
	{
		name: 'mirror-upstream-404',
		says: 'the mirror refuses connections, the registry does not have the image',
		files: hostsToml(hostLines(['dead.test'])),
		hosts: { 'registry.test': { respond: always(404, 'MANIFEST_UNKNOWN') }, 'dead.test': 'refused' },
	},
	{
		name: 'mirror-without-upstream',
		says: 'a healthy mirror, the registry refuses connections',
		files: one,
		hosts: { 'registry.test': 'refused', 'mirror.test': {} },
	},
	{
		name: 'mirror-403-upstream-refused',
		says: 'the mirror forbids, the registry refuses connections',
		files: one,
		hosts: { 'registry.test': 'refused', 'mirror.test': { respond: always(403, 'DENIED') } },
	},
];
