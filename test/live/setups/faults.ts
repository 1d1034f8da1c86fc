import { closesAfterData, resetsAfterData } from '../../fakes/misbehaving.ts';
import type { Setup } from '../setup.ts';
import { always, blobs } from './answers.ts';

/** Faults of a lone registry, stage by stage. */
export const faults: readonly Setup[] = [
	{ name: 'dns-nxdomain', says: 'the name does not exist', hosts: {} },
	{ name: 'dns-no-address', says: 'the name has no address', hosts: {}, names: { 'registry.test': { A: [] } } },
	{ name: 'dns-servfail', says: 'the nameserver fails', hosts: {}, names: { 'registry.test': { rcode: 'SERVFAIL' } } },
	{ name: 'tcp-refused', says: 'the registry refuses connections', hosts: { 'registry.test': 'refused' } },
	{
		name: 'tcp-two-addresses',
		says: 'the first of two addresses refuses connections',
		names: { 'registry.test': { A: ['198.51.100.200', '198.51.100.60'] } },
	},
	{
		name: 'tls-closed',
		says: 'the connection is closed in the handshake',
		hosts: { 'registry.test': { connection: closesAfterData } },
	},
	{
		name: 'tls-reset',
		says: 'the connection is reset in the handshake',
		hosts: { 'registry.test': { connection: resetsAfterData } },
	},
	{ name: 'http-403', says: 'the registry forbids', hosts: { 'registry.test': { respond: always(403, 'DENIED') } } },
	{
		name: 'http-429',
		says: 'the registry has had enough',
		hosts: { 'registry.test': { respond: always(429, 'TOOMANYREQUESTS') } },
	},
	{
		name: 'http-503',
		says: 'the registry has an error',
		hosts: { 'registry.test': { respond: always(503, 'UNAVAILABLE') } },
	},
	{
		name: 'manifest-404',
		says: 'the registry does not have the tag',
		image: 'registry.test/team/app:2',
	},
	{ name: 'repository-404', says: 'the registry does not have the repository', image: 'registry.test/team/other:1' },
	{
		name: 'redirect-loop',
		says: 'the registry sends its clients to itself',
		hosts: { 'registry.test': { respond: ({ target }) => ({ status: 307, headers: { location: target } }) } },
	},
	{
		name: 'blob-404',
		says: 'the registry does not have its blobs',
		hosts: { 'registry.test': { respond: blobs(404, 'BLOB_UNKNOWN') } },
	},
	{
		name: 'blob-500',
		says: 'the blobs of the registry fail',
		hosts: { 'registry.test': { respond: blobs(500, 'UNAVAILABLE') } },
	},
	{
		name: 'blob-host',
		says: 'the registry sends its clients to another host for blobs',
		hosts: { 'registry.test': { blobsAt: 'cdn.test' }, 'cdn.test': { serves: 'blobs' } },
	},
	{
		name: 'blob-host-403',
		says: 'the host of the blobs forbids',
		hosts: {
			'registry.test': { blobsAt: 'cdn.test' },
			'cdn.test': { serves: 'blobs', respond: () => ({ status: 403 }) },
		},
	},
	{
		name: 'blob-host-refused',
		says: 'the host of the blobs refuses connections',
		hosts: { 'registry.test': { blobsAt: 'cdn.test' }, 'cdn.test': 'refused' },
	},
	{
		name: 'blob-host-nxdomain',
		says: 'the name of the host of the blobs does not exist',
		hosts: { 'registry.test': { blobsAt: 'cdn.test' } },
	},
	{
		name: 'blob-host-untrusted',
		says: 'the host of the blobs is of a private authority',
		hosts: { 'registry.test': { blobsAt: 'cdn.test' }, 'cdn.test': { serves: 'blobs', certificate: 'private' } },
	},
	{
		name: 'blob-truncated',
		says: 'blobs end in the middle',
		hosts: {
			'registry.test': { blobsAt: 'cdn.test' },
			'cdn.test': {
				serves: 'blobs',
				respond: () => ({ status: 200, body: Buffer.alloc(30_000), pace: { truncateAfter: 100 } }),
			},
		},
	},
];
