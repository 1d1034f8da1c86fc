import { Resolver } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { ask, codeOf } from '../fakes/ask.ts';
import { mendAll } from './fault.ts';
import { startWorld } from './world.ts';
import type { World } from './world.ts';

let world: World;
let ca: string;
let manifest: string;

beforeAll(async () => {
	world = await startWorld({ listen: '127.0.0.1:0', interval: '5s' });
	ca = await readFile(join(world.root, 'etc/ssl/certs/ca-certificates.crt'), 'utf8');
	manifest = `https://${world.image.replace('/', '/v2/').replace(':latest', '/manifests/latest')}`;
});

afterAll(() => world[Symbol.asyncDispose]());

const head = (headers = {}) => ask(manifest, { ca, method: 'HEAD', headers });

async function realm(): Promise<string> {
	const { headers } = await head();
	return /realm="([^"]+)"/.exec(String(headers['www-authenticate']))?.[1] ?? '';
}

async function authorization(): Promise<Record<string, string>> {
	const { token } = JSON.parse((await ask(await realm(), { ca })).body) as { token: string };
	return { authorization: `Bearer ${token}` };
}

async function blobUrl(): Promise<string> {
	const headers = await authorization();
	const index = JSON.parse((await ask(manifest, { ca, headers })).body) as { manifests: { digest: string }[] };
	const one = await ask(manifest.replace('latest', index.manifests[0]?.digest ?? ''), { ca, headers });
	const { layers } = JSON.parse(one.body) as { layers: { digest: string }[] };
	const layer = manifest.replace('manifests/latest', `blobs/${layers[0]?.digest}`);
	return String((await ask(layer, { ca, headers })).headers.location);
}

async function addresses(): Promise<string[]> {
	const resolver = new Resolver({ timeout: 200, tries: 1 });
	const [, server = ''] = /^nameserver (.*)$/m.exec(await readFile(join(world.root, 'etc/resolv.conf'), 'utf8')) ?? [];
	resolver.setServers([server]);
	return resolver.resolve4('registry.demo.test');
}

async function whileOn<T>(name: string, look: () => Promise<T>): Promise<T> {
	const fault = world.faults.find((each) => each.name === name);
	await fault?.set(true);
	try {
		return await look();
	} finally {
		await mendAll(world.faults);
	}
}

test('the agent takes its configuration', async () => {
	const { node, registries } = await loadConfig({ file: world.configuration, environment: {} });
	expect(node.root).toBe(world.root);
	expect(registries).toHaveLength(2);
});

test('a dead token service refuses connections and comes back', async () => {
	const url = await realm();
	expect(await whileOn('token', () => codeOf(ask(url, { ca })))).toBe('ECONNREFUSED');
	expect((await head(await authorization())).status).toBe(200);
});

test('an expired certificate is refused and replaced', async () => {
	expect(await whileOn('certificate', () => codeOf(head()))).toBe('CERT_HAS_EXPIRED');
	expect((await head()).status).toBe(401);
});

test('a blocked blob host takes connections and is silent', async () => {
	const url = await blobUrl();
	const signal = () => AbortSignal.timeout(300);
	expect(await whileOn('blob', () => codeOf(ask(url, { ca, signal: signal() })))).toBe('ABORT_ERR');
	expect((await ask(url, { ca })).status).toBe(200);
});

test('an exhausted quota refuses who shows a token, with its numbers', async () => {
	const headers = await authorization();
	const refused = await whileOn('quota', () => head(headers));
	expect(refused).toMatchObject({ status: 429, headers: { 'ratelimit-remaining': '0;w=21600' } });
	expect((await head(headers)).headers['ratelimit-remaining']).not.toBe('0;w=21600');
});

test('a dead name server is silent', async () => {
	expect(await addresses()).toEqual(['127.0.0.1']);
	expect(await whileOn('nameserver', () => codeOf(addresses()))).toBe('ETIMEOUT');
});
