import { describe, expect, test } from 'vitest';
import { ask, codeOf } from './ask.ts';
import { createAuthority } from './authority.ts';
import { startBlobHost } from './blob.ts';
import { makeImage } from './image.ts';
import { startRegistry } from './registry.ts';
import { startTokenService } from './token.ts';

describe('registry, token service and blob host', async () => {
	const ca = await createAuthority();
	const { chain, key } = await ca.issue({ names: ['registry.test', 'auth.test', 'cdn.test'] });
	const tls = { cert: chain, key };
	const image = makeImage({ platforms: ['linux/amd64', 'linux/arm64'], layers: [Buffer.alloc(40_000, 'x')] });

	test('serve a pull', async () => {
		await using auth = await startTokenService({ tls });
		await using cdn = await startBlobHost({ tls, blobs: image.blobs, signature: 'signed' });
		await using registry = await startRegistry({
			tls,
			images: { 'org/app': { latest: image } },
			auth: { bearer: { realm: auth.realm('auth.test'), service: 'registry.test', tokens: auth.tokens } },
			blobUrl: (blob) => cdn.urlOf(blob, 'cdn.test'),
			quota: { limit: 100, remaining: 42, windowSeconds: 21_600 },
		});
		const url = `${registry.origin('registry.test')}/v2/org/app`;
		const refused = await ask(`${url}/manifests/latest`, { ca: ca.pem, method: 'HEAD' });
		expect(refused.status).toBe(401);
		expect(refused.headers['www-authenticate']).toContain('scope="repository:org/app:pull"');

		const scope = 'repository:org/app:pull';
		const given = await ask(`${auth.realm('auth.test')}?service=registry.test&scope=${scope}`, { ca: ca.pem });
		const { token } = JSON.parse(given.body) as { token: string };
		expect(auth.asked).toEqual([{ service: 'registry.test', scopes: [scope] }]);

		const headers = { authorization: `Bearer ${token}` };
		const head = await ask(`${url}/manifests/latest`, { ca: ca.pem, method: 'HEAD', headers });
		expect(head).toMatchObject({ status: 200, body: '', headers: { 'ratelimit-remaining': '42;w=21600' } });
		const manifest = await ask(`${url}/manifests/${image.digest}`, { ca: ca.pem, headers });
		expect(manifest.body).toBe(image.body.toString());
		expect(manifest.headers['ratelimit-remaining']).toBe('41;w=21600');

		const moved = await ask(`${url}/blobs/${image.layers[0]?.digest}`, { ca: ca.pem, headers });
		expect(moved.status).toBe(307);
		const range = { range: 'bytes=0-99' };
		const blob = await ask(String(moved.headers.location), { ca: ca.pem, headers: range });
		expect(blob).toMatchObject({ status: 206, body: 'x'.repeat(100) });
		expect(registry.requests.map(({ method }) => method)).toEqual(['HEAD', 'HEAD', 'GET', 'GET']);
	});

	test('write errors as registries do', async () => {
		const quota = { limit: 1, remaining: 0, windowSeconds: 60 };
		await using registry = await startRegistry({ images: { 'org/app': { latest: image } }, quota });
		const wordOf = async (path: string) =>
			(JSON.parse((await ask(`${registry.origin()}/v2/${path}`)).body) as { errors: { code: string }[] }).errors[0]
				?.code;
		expect(await wordOf('org/app/manifests/none')).toBe('MANIFEST_UNKNOWN');
		expect(await wordOf('org/none/manifests/latest')).toBe('NAME_UNKNOWN');
		expect(await wordOf('org/app/manifests/latest')).toBe('TOOMANYREQUESTS');
	});

	test('take a login by GET and by POST', async () => {
		const accept = ({ login }: { login?: { password: string } }) => login?.password === 'right';
		await using auth = await startTokenService({ accept });
		const basic = (password: string) => `Basic ${Buffer.from(`me:${password}`).toString('base64')}`;
		const headers = { 'content-type': 'application/x-www-form-urlencoded' };
		const send = 'grant_type=password&username=me&password=right&service=s&scope=a+b';
		expect((await ask(auth.realm(), { headers: { authorization: basic('wrong') } })).status).toBe(401);
		expect((await ask(auth.realm(), { headers: { authorization: basic('right') } })).status).toBe(200);
		expect((await ask(auth.realm(), { method: 'POST', send, headers })).status).toBe(200);
		expect(auth.asked.at(-1)).toEqual({ service: 's', scopes: ['a', 'b'], login: { user: 'me', password: 'right' } });
	});

	test('a body can break off, be reset, or be cut to what was asked', async () => {
		const broken = (pace: object) => startBlobHost({ blobs: image.blobs, pace });
		const layer = image.layers[0] ?? image;
		await using short = await broken({ truncateAfter: 10 });
		await using reset = await broken({ resetAfter: 10 });
		expect(await codeOf(ask(short.urlOf(layer)))).toBe('ECONNRESET');
		expect(await codeOf(ask(reset.urlOf(layer)))).toBe('ECONNRESET');
		await using wide = await startBlobHost({ blobs: image.blobs, ignoreRange: true, wrongBytes: true });
		const whole = await ask(wide.urlOf(layer), { headers: { range: 'bytes=0-9' } });
		expect(whole).toMatchObject({ status: 200, headers: { 'content-length': '40000' } });
		expect(whole.body.startsWith('wrong')).toBe(true);
	});
});
