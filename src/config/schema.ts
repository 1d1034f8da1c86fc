import * as z from 'zod/mini';

import { credentials } from './credentials.ts';
import { readDuration } from './duration.ts';
import { readEndpoint } from './endpoint.ts';
import { field, readCount, readLabel, readName, readText } from './field.ts';
import { readDigest, readImage } from './image.ts';
import { readListen } from './listen.ts';
import { readNamespace } from './namespace.ts';
import { readPattern } from './pattern.ts';
import { readProxy } from './proxy.ts';
import { readRuntime } from './runtime.ts';
import { readShare } from './share.ts';
import { readSize } from './size.ts';

/** More would not be a probe but a download. */
const mostBlobBytes = 64 * 1024 ** 2;

const interval = z.optional(field((value) => readDuration(value, 1)));
const timeout = z.optional(field((value) => readDuration(value)));
const text = z.optional(field(readText));
const patterns = z.optional(z.array(field(readPattern)));
const noProxy = z.optional(z.string());
const flag = z.optional(z.boolean());

const registry = z.strictObject({
	name: field(readName),
	image: z.optional(field(readImage)),
	interval,
	ratelimit: z.optional(z.strictObject({ floor: z.optional(field(readShare)) })),
	blob: z.optional(
		z.strictObject({
			bytes: z.optional(field((value) => readSize(value, mostBlobBytes))),
			digest: z.optional(field(readDigest)),
		}),
	),
	manifest_get: z.optional(z.enum(['never', 'allowed'])),
	credentials: z.optional(credentials),
	endpoint: z.optional(field(readEndpoint)),
	ca: text,
	insecure: flag,
	proxy: z.optional(field(readProxy)),
	no_proxy: noProxy,
});

/** The configuration as it is written: every key optional but a registry's name, none other known. */
export const schema = z.strictObject({
	listen: z.optional(field(readListen)),
	tls: z.optional(z.strictObject({ certificate: field(readText), key: field(readText) })),
	authentication: z.optional(z.enum(['none', 'kubernetes'])),
	interval,
	timeout,
	attempt_timeout: timeout,
	concurrency: z.optional(field((value) => readCount(value, 1000))),
	node: z.optional(
		z.strictObject({
			name: z.optional(field(readLabel)),
			root: text,
			runtime: z.optional(field(readRuntime)),
			network: z.optional(z.enum(['host', 'pod'])),
			credential_providers: z.optional(z.enum(['list', 'run'])),
		}),
	),
	proxy: z.optional(field(readProxy)),
	no_proxy: noProxy,
	registries: z.optional(z.array(registry)),
	discovery: z.optional(
		z.strictObject({
			mirrors: flag,
			images: flag,
			upstream: z.optional(z.enum(['auto', 'always', 'never'])),
			allow: patterns,
			deny: patterns,
			keep: interval,
			credentials: z.optional(z.enum(['anonymous', 'node'])),
			service_account: text,
		}),
	),
	explain: z.optional(z.strictObject({ pods: flag, probe: flag })),
	pull_secrets: z.optional(
		z.strictObject({
			namespaces: z.optional(z.array(field(readNamespace))),
			interval,
		}),
	),
	cluster: z.optional(z.strictObject({ events: flag, condition: flag, condition_after: interval })),
});

export type Written = z.infer<typeof schema>;
export type WrittenRegistry = z.infer<typeof registry>;
