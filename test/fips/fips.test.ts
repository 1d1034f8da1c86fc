import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { text } from 'node:stream/consumers';
import { createServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type Authority, createAuthority } from '../fakes/authority.ts';
import { listen } from '../fakes/listener.ts';
import { makeNode } from '../fakes/node.ts';
import { startRegistry } from '../fakes/registry.ts';
import { StartedAgent } from '../image/program.ts';
import { makeWorld, type World } from '../probe/world.ts';
import { type Ended, runCommand } from '../real/command.ts';
import { Directory } from '../real/directory.ts';
import { environmentWith, provider } from './provider.ts';

const program = new URL('../../src/main.ts', import.meta.url).pathname;
const missing = provider === undefined;
const lack = 'without the FIPS provider of OpenSSL, which npm run test:tools fetches';
const skipped = missing && process.env['CI'] !== 'true';

/** What /metrics of 127.0.0.1 says over HTTPS. */
async function metrics(port: string, ca: string): Promise<string> {
	const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
	get({ host: '127.0.0.1', port, path: '/metrics', ca, agent: false }, resolve).on('error', reject);
	return await text(await promise);
}

interface Checked {
	readonly success: boolean;
	readonly records: readonly {
		readonly stage: string;
		readonly reason?: string;
		readonly facts?: Readonly<Record<string, unknown>>;
	}[];
}

describe.skipIf(skipped)(
	`an agent that computes with a FIPS provider alone${skipped ? ` (skipped ${lack})` : ''}`,
	() => {
		const stack = new AsyncDisposableStack();
		const directory = stack.use(new Directory());
		let environment: Readonly<Record<string, string>>;
		let world: World;

		beforeAll(async () => {
			if (provider === undefined) throw new Error(`this suite cannot run ${lack}`);
			environment = environmentWith(provider, directory);
			world = stack.use(await makeWorld());
		});
		afterAll(async () => await stack.disposeAsync());

		const node = async (...args: readonly string[]): Promise<Ended> =>
			await runCommand(process.execPath, args, environment);

		test('has no MD5 and no ChaCha20', async () => {
			const trials = ["createHash('md5')", "createCipheriv('chacha20-poly1305', Buffer.alloc(32), Buffer.alloc(12))"];
			const tried = trials.map((trial) => `try { crypto.${trial} } catch (error) { console.log(error.code) }`);
			const { stdout } = await node('--eval', tried.join(';'));
			expect(stdout.trim().split('\n')).toEqual(['ERR_OSSL_EVP_UNSUPPORTED', 'ERR_OSSL_EVP_UNSUPPORTED']);
		});

		test('does not start without the provider', async () => {
			const { NODE_OPTIONS = '' } = environment;
			const { code, stderr } = await runCommand(process.execPath, [program, '--version'], { NODE_OPTIONS });
			expect(code).not.toBe(0);
			expect(stderr).toContain('requires an active OpenSSL provider named "fips"');
		});

		describe('one check of several registries', () => {
			/** By what is special about the registry. */
			const checked = new Map<string, Checked>();

			/** The port of a registry whose certificate has a key of this kind. */
			async function registryOf(authority: Authority, keyType: 'ecdsa' | 'rsa'): Promise<number> {
				const { key, chain } = await authority.issue({ names: ['127.0.0.1'], keyType });
				const images = { 'team/app': { 1: world.image } };
				return stack.use(await startRegistry({ tls: { key, cert: chain }, images })).port;
			}

			/** The port of a server that takes nothing but this. */
			async function narrow(only: object): Promise<number> {
				const { key, chain } = await world.authority.issue({ names: ['127.0.0.1'] });
				return stack.use(await listen(createServer({ key, cert: chain, ...only }))).port;
			}

			beforeAll(async () => {
				const rsa = await createAuthority({ keyType: 'rsa' });
				const bundle = `${world.authority.pem}${rsa.pem}`;
				const trusting = stack.use(await makeNode({ nameservers: [`127.0.0.1:${world.dns.port}`], bundle }));
				const hosts = {
					'the whole path': world.target.host,
					ecdsa: `https://127.0.0.1:${await registryOf(world.authority, 'ecdsa')}`,
					rsa: `https://127.0.0.1:${await registryOf(rsa, 'rsa')}`,
					strange: `https://127.0.0.1:${await registryOf(await createAuthority(), 'ecdsa')}`,
					X25519: `https://127.0.0.1:${await narrow({ ecdhCurve: 'X25519' })}`,
					ChaCha20: `https://127.0.0.1:${await narrow({ ciphers: 'TLS_CHACHA20_POLY1305_SHA256', minVersion: 'TLSv1.3' })}`,
				};
				const targets = Object.values(hosts).map((host) => `${host}/team/app:1`);
				const { stdout } = await node(program, 'check', ...targets, '--output', 'json', '--root', trusting.root);
				const { observations } = JSON.parse(stdout) as { observations: (Checked & { registry: string })[] };
				for (const [what, host] of Object.entries(hosts)) {
					const found = observations.find(({ registry }) => host.endsWith(registry));
					if (found) checked.set(what, found);
				}
			});

			test('walks the whole path of a pull, with token, layer and digests', () => {
				const { success, records = [] } = checked.get('the whole path') ?? {};
				expect(success).toBe(true);
				expect(records.map(({ stage }) => stage)).toEqual(expect.arrayContaining(['tls', 'token', 'manifest', 'blob']));
				expect(records.find(({ stage }) => stage === 'blob')?.facts).toMatchObject({ verified: true });
			});

			test.each(['ecdsa', 'rsa'])('judges certificates with keys of the kind %s', (kind) => {
				expect(checked.get(kind)).toMatchObject({ success: true });
				const tls = checked.get(kind)?.records.find(({ stage }) => stage === 'tls');
				expect(tls?.facts).toMatchObject({ version: 'TLS 1.3', verified: true });
			});

			test.each([
				['strange', 'tls_untrusted'],
				['X25519', 'tls_handshake_failed'],
				['ChaCha20', 'tls_handshake_failed'],
			])('a server of the kind %s is refused: %s', (kind, reason) => {
				expect(checked.get(kind)?.records.at(-1)).toMatchObject({ stage: 'tls', reason });
			});
		});

		test('probes on schedule and serves over HTTPS', async () => {
			const authority = await createAuthority();
			const { key, chain } = await authority.issue({ names: ['127.0.0.1'] });
			const configuration = directory.write(
				'config.yaml',
				`listen: 127.0.0.1:0
interval: 1s
node: { name: node-1, root: ${world.node.root} }
tls: { certificate: ${directory.write('tls.crt', chain)}, key: ${directory.write('tls.key', key)} }
registries:
  - { name: registry.test, image: registry.test/team/app:1, endpoint: 'https://${world.target.host}' }
`,
			);
			await using agent = new StartedAgent(
				[process.execPath, program, 'agent', '--config', configuration],
				environment,
			);
			await expect.poll(() => agent.errors, { timeout: 20_000 }).toContain('"agent listens"');
			const [, port = ''] = /"address":"127\.0\.0\.1:(\d+)"/.exec(agent.errors) ?? [];
			const succeeds = /^registry_probe_success\{.*\} 1$/m;
			await expect.poll(async () => await metrics(port, authority.pem), { timeout: 20_000 }).toMatch(succeeds);
			expect(await agent.stop()).toBe(0);
		});
	},
);
