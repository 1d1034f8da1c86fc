import { hostname } from 'node:os';

import type { Config, Discovery, NodeSettings, RegistrySettings } from './config.ts';
import type { Document } from './document.ts';
import type { Environment } from './interpolate.ts';
import { fromFile } from './namedFiles.ts';
import { pathText } from './place.ts';
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

const registryDefaults = { floor: 0.1, blobBytes: 64 * 1024 } as const;

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
		discovery: discovery(written.discovery),
	};
}

function discovery(written: Written['discovery']): Discovery {
	const { mirrors = true, images = true, upstream = 'auto' } = written ?? {};
	return { mirrors, images, upstream };
}

function nodeSettings(written: Written['node'], environment: Environment, overrides: Overrides): NodeSettings {
	return {
		name: overrides.node ?? written?.name ?? (environment['NODE_NAME'] || hostname()),
		root: overrides.root ?? written?.root ?? '/',
		runtime: written?.runtime ?? 'auto',
		network: written?.network ?? 'host',
	};
}

function registrySettings(
	entry: WrittenRegistry,
	index: number,
	document: Document,
	general: General,
): RegistrySettings {
	const { file, places } = document;
	const { name, image, interval, endpoint, ca, blob, credentials = { source: 'anonymous' } } = entry;
	const { bytes = registryDefaults.blobBytes, digest } = blob ?? {};
	return {
		name,
		...(image && { image }),
		...(interval !== undefined && { interval }),
		floor: entry.ratelimit?.floor ?? registryDefaults.floor,
		blob: { bytes, ...(digest !== undefined && { digest }) },
		manifestGet: entry.manifest_get !== 'never',
		credentials:
			credentials.source === 'file' ? { source: 'file', file: fromFile(file, credentials.file) } : credentials,
		...(endpoint && { endpoint }),
		...(ca !== undefined && { ca: fromFile(file, ca) }),
		insecure: entry.insecure ?? false,
		proxy: entry.proxy ?? general.proxy,
		noProxy: entry.no_proxy ?? general.noProxy,
		source: { file, line: places.get(pathText(['registries', index]))?.value.line ?? 1 },
	};
}
