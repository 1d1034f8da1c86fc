import { mkdtemp, rename, rm, symlink, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { ApiFailure } from '../../src/cluster/apiFailure.ts';
import { inClusterAccess } from '../../src/cluster/inCluster.ts';
import { concealing } from '../../src/commands/concealing.ts';

let directory: string;

beforeEach(async () => {
	directory = await mkdtemp(join(tmpdir(), 'service-account-'));
});

afterEach(() => rm(directory, { recursive: true }));

const pod = { KUBERNETES_SERVICE_HOST: '10.96.0.1', KUBERNETES_SERVICE_PORT: '443' };

async function account(token: string, ca = 'the CA'): Promise<void> {
	await writeFile(join(directory, 'token'), token);
	await writeFile(join(directory, 'ca.crt'), ca);
}

test('address from the environment, token and CA from the files', async () => {
	await account('secret-token\n');
	const access = inClusterAccess(pod, directory, concealing);
	expect(access?.server.href).toBe('https://10.96.0.1/');
	const identity = await access?.identity();
	expect(identity?.token.reveal()).toBe('secret-token');
	expect(identity?.ca).toBe('the CA');
	expect(inspect(identity)).not.toContain('secret-token');
});

test('an IPv6 address is one', async () => {
	await account('t');
	const access = inClusterAccess({ ...pod, KUBERNETES_SERVICE_HOST: 'fd00::1' }, directory, concealing);
	expect(access?.server.href).toBe('https://[fd00::1]/');
});

test.each([{}, { KUBERNETES_SERVICE_HOST: '10.0.0.1' }, { ...pod, KUBERNETES_SERVICE_HOST: 'a b' }])(
	'the environment %j is not that of a pod',
	async (environment) => {
		await account('t');
		expect(inClusterAccess(environment, directory, concealing)).toBeUndefined();
	},
);

test('a pod without a token has no access', () => {
	expect(inClusterAccess(pod, directory, concealing)).toBeUndefined();
});

test('a token that is replaced as the kubelet does it is seen', async () => {
	await mkdir(join(directory, '1'));
	await mkdir(join(directory, '2'));
	for (const name of ['1', '2']) {
		await writeFile(join(directory, name, 'token'), `token-${name}`);
		await writeFile(join(directory, name, 'ca.crt'), 'ca');
	}
	const volume = join(directory, 'volume');
	await symlink(join(directory, '1'), volume);
	const access = inClusterAccess(pod, volume, concealing);
	expect((await access?.identity())?.token.reveal()).toBe('token-1');
	await symlink(join(directory, '2'), join(directory, 'next'));
	await rename(join(directory, 'next'), volume);
	expect((await access?.identity())?.token.reveal()).toBe('token-2');
});

test('the token of now and the one before are taken out of what the server says', async () => {
	await account('token-0');
	const access = inClusterAccess(pod, directory, concealing);
	for (const token of ['token-1', 'token-2', 'token-3', 'token-3']) {
		await account(token);
		await access?.identity();
	}
	expect(access?.conceal('token-1, token-2, token-3, other', ['other'])).toBe('token-1, REDACTED, REDACTED, REDACTED');
});

test.each([
	['two words', 'holds no token'],
	['', 'holds no token'],
	['x'.repeat(70_000), 'more than'],
])('token %# is refused without being told', async (token, said) => {
	await account(token);
	const failure = await inClusterAccess(pod, directory, concealing)
		?.identity()
		.catch((error: unknown) => error);
	expect(failure).toBeInstanceOf(ApiFailure);
	expect(String(failure)).toContain(said);
	expect(String(failure)).not.toContain('two words');
});

test('a CA that is gone is a failure that names the file', async () => {
	await account('t');
	const access = inClusterAccess(pod, directory, concealing);
	await rm(join(directory, 'ca.crt'));
	await expect(access?.identity()).rejects.toThrow(/ca\.crt cannot be read: ENOENT/);
});
