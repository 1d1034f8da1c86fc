import { expect, test } from 'vitest';
import { makeImage } from '../fakes/image.ts';
import { makeNode } from '../fakes/node.ts';
import { attempt, targetAt, verdict } from '../probe/world.ts';
import { type Beginning, startEndless } from './endless.ts';
import { bytesIn, tableOf } from './table.ts';

const bounds = new Map(
	tableOf('docs/requests.md', 'answer').map((row) => [row['answer'] ?? '', bytesIn(row['bytes'] ?? '')]),
);

/** What is on its way when a client stops. */
const underWay = 256 * 1024;

const layer = makeImage().layers[0]?.digest ?? '';
const isLayer = (url = '') => url.includes('/blobs/');
const index: Beginning = { status: 200, headers: { 'content-type': 'application/vnd.oci.image.index.v1+json' } };

const challenge = (port: number): Beginning => ({
	status: 401,
	headers: { 'www-authenticate': `Bearer realm="http://127.0.0.1:${port}/token",service="s"` },
});

test.each([
	['manifest', 'registry manifest manifest_invalid', {}, () => index],
	['error', 'registry manifest http_forbidden', {}, () => ({ status: 403 })],
	[
		'token',
		'token token auth_token_malformed',
		{},
		(url: string, port: number) => (url.startsWith('/token') ? { status: 200 } : challenge(port)),
	],
	[
		'blob',
		'none',
		{ manifestGet: false, blob: { bytes: 65_536, digest: layer, byDefault: false } },
		(url: string) => (isLayer(url) ? { status: 200 } : index),
	],
	[
		'blob',
		'registry blob http_server_error',
		{ manifestGet: false, blob: { bytes: 65_536, digest: layer, byDefault: false } },
		(url: string) => (isLayer(url) ? { status: 500 } : index),
	],
] as const)('of an endless %s no more is read than the table says (%s)', async (what, expected, change, answer) => {
	await using node = await makeNode();
	await using server = await startEndless(({ url = '', socket }) => answer(url, socket.localPort ?? 0));
	const target = targetAt({ scheme: 'http', hostname: '127.0.0.1', port: server.port }, { ...change, timeout: 5 });
	const observation = await attempt(node, target);
	expect(verdict(observation)).toBe(expected);
	const read = server.taken.map(({ bytes }) => bytes()).reduce((sum, bytes) => sum + bytes, 0);
	const bound = bounds.get(what) ?? Number.NaN;
	expect(read).toBeGreaterThanOrEqual(bound);
	expect(read).toBeLessThan(bound + underWay);
});

test('of a redirect that comes with an endless page no more is read than of an error', async () => {
	await using node = await makeNode();
	await using server = await startEndless(({ url = '' }) => {
		if (!isLayer(url)) return index;
		return url.includes('again') ? { status: 404 } : { status: 307, headers: { location: `${url}again` } };
	});
	const target = targetAt(
		{ scheme: 'http', hostname: '127.0.0.1', port: server.port },
		{ manifestGet: false, blob: { bytes: 65_536, digest: layer, byDefault: false } },
	);
	expect(verdict(await attempt(node, target))).toBe('registry blob blob_not_found');
	const bound = bounds.get('error') ?? Number.NaN;
	expect(server.taken.filter(({ bytes }) => bytes() > bound + underWay)).toEqual([]);
});
