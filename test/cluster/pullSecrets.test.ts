import { expect, test } from 'vitest';

import { readImage } from '../../src/cluster/image.ts';
import { type PullSecret, readPullSecret } from '../../src/cluster/pullSecret.ts';
import { createPullSecrets } from '../../src/cluster/pullSecrets.ts';
import { aSecret, secretOf } from './secrets.ts';

const secrets: Readonly<Record<string, object>> = {
	short: aSecret('short', { 'r.example': 'short:x' }),
	long: aSecret('long', { 'r.example/team': 'long:x', 'https://r.example/v2/': 'root:x' }),
	hub: aSecret('hub', { 'https://index.docker.io/v1/': 'hub:x' }),
	opaque: secretOf('opaque', 'Opaque', 'password', 'x'),
	broken: aSecret('broken', { 'other.example': { auth: '%%%' } }),
	token: aSecret('token', { 'r.example': { identitytoken: 'x' } }),
};
const asked: string[] = [];
const read = (namespace: string, name: string): Promise<PullSecret> => {
	asked.push(`${namespace}/${name}`);
	const secret = secrets[name];
	return Promise.resolve(secret ? readPullSecret(secret) : { fault: 'secret_not_found' });
};
const pullSecrets = createPullSecrets(() => ['shop'], read);

/** `secret user` of each login in order, then `secret reason`. */
async function found(image: string, ...names: readonly string[]): Promise<readonly string[]> {
	const reference = readImage(image);
	if (!reference) throw new Error(`${image} is no image`);
	const logins = await pullSecrets.loginsFor({ namespace: 'shop', pullSecrets: names }, reference);
	return logins.map(({ name, login, reason }) => `${name} ${login?.username ?? reason}`);
}

test('the entries of all secrets are tried together, the longest path first', async () => {
	expect(await found('r.example/team/app:1', 'short', 'long')).toEqual(['long long', 'short short', 'long root']);
	expect(await found('r.example/other:1', 'short', 'long')).toEqual(['short short', 'long root']);
});

test("Docker Hub's old name counts only where no secret of the pod has another", async () => {
	expect(await found('busybox', 'hub')).toEqual(['hub hub']);
});

test('a secret without a login says why', async () => {
	expect(await found('r.example/a', 'gone', 'opaque', 'broken', 'hub', 'token', 'short')).toEqual([
		'short short',
		'gone secret_not_found',
		'opaque secret_wrong_type',
		'broken secret_malformed',
		'hub secret_no_entry',
		'token secret_no_entry',
	]);
});

test('a login tells where it came from and when it ends', async () => {
	const claims = Buffer.from(JSON.stringify({ exp: 1_900_000_000 })).toString('base64url');
	const ending = createPullSecrets(
		() => ['shop'],
		() => Promise.resolve(readPullSecret(aSecret('jwt', { 'r.example': `me:x.${claims}.y` }))),
	);
	const [first] = await ending.loginsFor(
		{ namespace: 'shop', pullSecrets: ['jwt'] },
		{ domain: 'r.example', repository: 'a', tag: '1' },
	);
	expect(first).toMatchObject({ notAfter: 1_900_000_000, version: '1' });
	expect(first?.login).toMatchObject({ source: 'secret shop/jwt', notAfter: 1_900_000_000 });
});

test('no Secret of another namespace is read', async () => {
	asked.length = 0;
	const reference = { domain: 'r.example', repository: 'a', tag: '1' };
	expect(await pullSecrets.loginsFor({ namespace: 'bank', pullSecrets: ['short'] }, reference)).toEqual([]);
	expect(pullSecrets.optedIn('bank')).toBe(false);
	expect(asked).toEqual([]);
});
