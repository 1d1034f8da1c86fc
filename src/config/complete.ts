import { hostname } from 'node:os';

import type {
	ClusterSettings,
	Config,
	Discovery,
	ListenerTls,
	NodeSettings,
	PullSecretSettings,
	RegistrySettings,
} from './config.ts';
import type { Document } from './document.ts';
import type { Environment } from './interpolate.ts';
import { fromFile } from './namedFiles.ts';
import { pathKey } from './place.ts';
import type { Written, WrittenRegistry } from './schema.ts';

/** What the command line says; it stands over the file. */
export interface Overrides {
	readonly node?: string | undefined;
	readonly root?: string | undefined;
}

type General = Pick<Config, 'proxy' | 'noProxy'>;

/** The built-in settings, without those that depend on the machine. */
const defaults = {
	listen: { host: '::', port: 9917 },
	interval: 60,
	timeout: 10,
	attemptTimeout: 60,
	concurrency: 4,
	proxy: { kind: 'node' },
	noProxy: '',
} as const;

/** Where Kubernetes puts the token of a pod. */
const podServiceAccount = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The whole configuration from what was written: the file where there is one, the defaults for the rest. */
export function complete(
	written: Written,
	document: Document | undefined,
	environment: Environment,
	overrides: Overrides,
): Omit<Config, 'files'> {
	const general = { proxy: written.proxy ?? defaults.proxy, noProxy: written.no_proxy ?? defaults.noProxy };
	return {
		...(document && { file: document.file }),
		listen: written.listen ?? defaults.listen,
		...(written.tls && document && { tls: listenerTls(written.tls, document.file) }),
		authentication: written.authentication ?? 'none',
		interval: written.interval ?? defaults.interval,
		timeout: written.timeout ?? defaults.timeout,
		attemptTimeout: written.attempt_timeout ?? defaults.attemptTimeout,
		concurrency: written.concurrency ?? defaults.concurrency,
		node: nodeSettings(written.node, environment, overrides),
		...general,
		...(written.registries &&
			document && {
				registries: written.registries.map((entry, index) => registrySettings(entry, index, document, general)),
			}),
		discovery: discovery(written.discovery, document),
		explain: { pods: true, probe: true, ...defined(written.explain ?? {}) },
		pullSecrets: pullSecrets(written.pull_secrets),
		cluster: cluster(written.cluster),
	};
}

function listenerTls({ certificate, key }: ListenerTls, file: string): ListenerTls {
	return { certificate: fromFile(file, certificate), key: fromFile(file, key) };
}

function cluster(written: Written['cluster'] = {}): ClusterSettings {
	const { events = false, condition = false, condition_after: conditionAfter = 120 } = written;
	return { events, condition, conditionAfter };
}

function pullSecrets({ namespaces = [], interval = 300 }: Written['pull_secrets'] = {}): PullSecretSettings {
	return { namespaces: [...new Set(namespaces)], interval };
}

function discovery(written: Written['discovery'], document: Document | undefined): Discovery {
	const { mirrors = true, images = true, upstream = 'auto', allow = ['*'], deny = [] } = written ?? {};
	const { keep = 3600, credentials = 'anonymous', service_account: directory = podServiceAccount } = written ?? {};
	const serviceAccount = document ? fromFile(document.file, directory) : directory;
	return { mirrors, images, upstream, allow, deny, keep, credentials, serviceAccount };
}

function nodeSettings(written: Written['node'], environment: Environment, overrides: Overrides): NodeSettings {
	return {
		name: overrides.node ?? written?.name ?? (environment['NODE_NAME'] || hostname()),
		root: overrides.root ?? written?.root ?? '/',
		runtime: written?.runtime ?? 'auto',
		network: written?.network ?? 'host',
		credentialProviders: written?.credential_providers ?? 'list',
	};
}

function registrySettings(
	entry: WrittenRegistry,
	index: number,
	document: Document,
	general: General,
): RegistrySettings {
	const { file, places } = document;
	const { credentials = { source: 'anonymous' } } = entry;
	return {
		name: entry.name,
		...defined({
			image: entry.image,
			interval: entry.interval,
			floor: entry.ratelimit?.floor,
			blobBytes: entry.blob?.bytes,
			blobDigest: entry.blob?.digest,
			manifestGet: entry.manifest_get && entry.manifest_get === 'allowed',
			endpoint: entry.endpoint,
			ca: entry.ca === undefined ? undefined : fromFile(file, entry.ca),
			insecure: entry.insecure,
		}),
		credentials:
			credentials.source === 'file' ? { source: 'file', file: fromFile(file, credentials.file) } : credentials,
		proxy: entry.proxy ?? general.proxy,
		noProxy: entry.no_proxy ?? general.noProxy,
		source: { file, line: places.get(pathKey(['registries', index]))?.value.line ?? 1 },
	};
}

/** The same without the keys that have no value. */
function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
		[K in keyof T]?: Exclude<T[K], undefined>;
	};
}
