import pLimit from 'p-limit';

import { createVantage } from '../../src/node/vantage.ts';
import type { Target } from '../../src/plan/target.ts';
import type { Observation, StageRecord } from '../../src/probe/observation.ts';
import { probe, type Hold, type Logins } from '../../src/probe/probe.ts';
import type { SecretMemory } from '../../src/probe/secretMemory.ts';
import type { Endpoint } from '../../src/registry/endpoint.ts';
import { hostOf } from '../../src/registry/endpoint.ts';
import { parseReference } from '../../src/registry/image.ts';
import { explanations } from '../../src/reasons/table.ts';
import { type Authority, createAuthority, type Issued } from '../fakes/authority.ts';
import { type BlobHost, type BlobOptions, startBlobHost } from '../fakes/blob.ts';
import { type DnsAnswer, type DnsServer, startDns } from '../fakes/dns.ts';
import type { HttpServer } from '../fakes/http.ts';
import { type Image, makeImage } from '../fakes/image.ts';
import { makeNode, type Node } from '../fakes/node.ts';
import { type RegistryOptions, startRegistry } from '../fakes/registry.ts';
import { startTokenService, type TokenOptions, type TokenService } from '../fakes/token.ts';

export const names = { registry: 'registry.test', token: 'auth.test', blob: 'cdn.test' };

/** A healthy registry with token service and blob host under names of their own, and a node that reaches them. */
export interface World extends AsyncDisposable {
	readonly authority: Authority;
	readonly issued: Issued;
	readonly image: Image;
	readonly dns: DnsServer;
	readonly answers: Record<string, DnsAnswer>;
	readonly registry: HttpServer;
	readonly token: TokenService;
	readonly blob: BlobHost;
	readonly node: Node;
	readonly target: Target;
}

export interface Wishes {
	readonly registry?: RegistryOptions;
	readonly token?: TokenOptions;
	readonly blob?: Partial<BlobOptions>;
	/** `false`: the registry serves its blobs itself. */
	readonly redirectBlobs?: boolean;
	readonly image?: Image;
}

export async function makeWorld(wishes: Wishes = {}): Promise<World> {
	const stack = new AsyncDisposableStack();
	const authority = await createAuthority();
	const issued = await authority.issue({ names: [...Object.values(names), '127.0.0.1'] });
	const tls = { key: issued.key, cert: issued.chain };
	const image =
		wishes.image ?? makeImage({ layers: [Buffer.alloc(3000, 'layer')], platforms: ['linux/amd64', 'linux/arm64/v8'] });
	const token = stack.use(await startTokenService({ tls, ...wishes.token }));
	const blob = stack.use(
		await startBlobHost({ tls, blobs: image.blobs, signature: 'planted-signature', ...wishes.blob }),
	);
	const registry = stack.use(
		await startRegistry({
			tls,
			images: { 'team/app': { 1: image } },
			auth: { bearer: { realm: token.realm(names.token), service: 'registry.test', tokens: token.tokens } },
			...(wishes.redirectBlobs !== false && { blobUrl: (content) => blob.urlOf(content, names.blob) }),
			...wishes.registry,
		}),
	);
	const answers = Object.fromEntries(
		Object.values(names).map((name): [string, DnsAnswer] => [name, { A: ['127.0.0.1'] }]),
	);
	const dns = stack.use(await startDns({ answers }));
	const node = stack.use(await makeNode({ nameservers: [`127.0.0.1:${dns.port}`], bundle: authority.pem }));
	const scheme = registry.scheme;
	const target = targetAt({ scheme, hostname: names.registry, port: registry.port });
	const owned = stack.move();
	return {
		authority,
		issued,
		image,
		dns,
		answers,
		registry,
		token,
		blob,
		node,
		target,
		[Symbol.asyncDispose]: () => owned.disposeAsync(),
	};
}

/** A target that asks for `team/app:1`, with short limits. */
export function targetAt(endpoint: Endpoint, change: Partial<Target> = {}): Target {
	const host = hostOf(endpoint);
	const image = change.image ?? parseReference(`${names.registry}/team/app:1`);
	return {
		id: `${names.registry} ${host}`,
		registry: names.registry,
		host,
		image,
		repository: image.repository,
		bare: false,
		via: 'upstream',
		origin: 'configured',
		endpoint,
		root: '/v2',
		cas: [],
		unasked: false,
		clientCertificates: [],
		client: 'containerd',
		headers: {},
		capabilities: ['pull', 'resolve'],
		interval: 60,
		timeout: 2,
		attemptTimeout: 10,
		noProxy: '',
		insecure: false,
		credentials: { source: 'anonymous' },
		blob: { bytes: 65_536, byDefault: false },
		manifestGet: true,
		floor: 0.1,
		source: { file: 'test' },
		...change,
	};
}

const gate = pLimit(4);

export interface Trying {
	readonly logins?: Logins;
	readonly hold?: Hold;
	readonly memory?: SecretMemory;
}

/** One attempt on a target from a node. */
export async function attempt(
	node: Node | string,
	target: Target,
	{ logins = {}, hold = {}, memory }: Trying = {},
): Promise<Observation> {
	const root = typeof node === 'string' ? node : node.root;
	const surroundings = {
		vantage: createVantage(root),
		logins: async () => logins,
		gate: <T>(begin: () => T) => gate(begin),
		...(memory && { memory }),
	};
	return await probe(target, surroundings, { signal: new AbortController().signal, hold });
}

/** `role stage` of each record, with the reason where it failed. */
export function trail(observation: Observation): string[] {
	return observation.records.map((record) => {
		return `${record.role} ${record.stage}${record.outcome === 'failure' ? ` ${record.reason}` : ''}`;
	});
}

/** The failure of an attempt as `role stage reason`; `none` when it succeeded. Throws when the reason has no place in that stage. */
export function verdict(observation: Observation): string {
	const failures = observation.records.filter((record) => record.outcome === 'failure');
	const [failed, ...more] = failures;
	if (observation.success !== (failures.length === 0) || more.length > 0) throw new Error('success is told wrongly');
	if (!failed) return 'none';
	const { role, stage, reason } = failed;
	if (!explanations[reason].stages.includes(stage)) throw new Error(`${reason} has no place in the stage ${stage}`);
	return `${role} ${stage} ${reason}`;
}

export function recordOf(observation: Observation, role: string, stage: string): StageRecord {
	const found = observation.records.find((record) => record.role === role && record.stage === stage);
	if (!found) throw new Error(`no record ${role} ${stage} in ${trail(observation).join(', ')}`);
	return found;
}
