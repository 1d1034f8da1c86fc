import type { Rule } from './rule.ts';
import { sources } from './sources.ts';

const manifest = { stage: 'manifest' } as const;
const blob = { stage: 'blob' } as const;
const asked = { stage: 'asked' } as const;
const words = { ...manifest, body: true, from: sources.registryErrors } as const;

/** What came is no manifest, or none for this node. */
const manifests: readonly Rule[] = [
	{ ...manifest, says: /^no match for platform in manifest/, reason: 'platform_not_found', from: sources.images },
	{
		...manifest,
		says: /^no image found in (?:image index|manifest list) for architecture/,
		reason: 'platform_not_found',
		from: sources.measured,
	},
	{ ...manifest, says: /^no matching manifest for /, reason: 'platform_not_found', from: sources.docker },
	{
		...manifest,
		says: /^unexpected media type (?:text\/html|application\/xhtml\+xml)\b/,
		reason: 'http_intercepted',
		from: sources.measured,
	},
	{ ...manifest, says: /^unexpected media type /, reason: 'manifest_invalid', from: sources.images },
	{ ...manifest, says: /^rejecting \d+ byte manifest for /, reason: 'manifest_invalid', from: sources.resolver },
	{
		...manifest,
		says: /^exceeded maximum allowed size of \d+ bytes$/,
		reason: 'manifest_invalid',
		from: sources.measured,
	},
	{
		...manifest,
		says: /^schema 1 image manifests are no longer supported/,
		reason: 'manifest_invalid',
		from: sources.measured,
	},
	{
		...manifest,
		says: /^media type "[^"]*" is no longer supported/,
		reason: 'manifest_invalid',
		from: sources.measured,
	},
	{
		...manifest,
		says: /^(?:no signatures|missing signature key)$/,
		reason: 'manifest_invalid',
		from: sources.measured,
	},
	{
		...manifest,
		says: /^unsupported (?:schema version \d+|manifest media type)/,
		reason: 'manifest_invalid',
		from: sources.measured,
	},
	{
		...asked,
		says: /^invalid character '<' looking for beginning of value$/,
		reason: 'http_intercepted',
		from: sources.measured,
	},
	{
		says: /^(?:unable to decode token response|decoding bearer token)\b/,
		reason: 'auth_token_malformed',
		stage: 'token',
		from: sources.authorizer,
	},
	{
		...manifest,
		says: /^(?:invalid character |unexpected end of JSON input)/,
		inside: 'source',
		reason: 'manifest_invalid',
		from: sources.measured,
	},
];

/** What came is not what was named, or not all of it. */
const bytes: readonly Rule[] = [
	{ ...asked, says: /^read past expected size \d+$/, reason: 'digest_mismatch', from: sources.content },
	{ ...asked, says: /\bfailed size validation$/, reason: 'digest_mismatch', from: sources.content },
	{ ...asked, says: /^unexpected commit digest sha256:/, reason: 'digest_mismatch', from: sources.content },
	{ ...asked, says: /verification failed for digest sha256:/, reason: 'digest_mismatch', from: sources.docker },
	{
		...blob,
		says: /^Digest did not match, expected /,
		inside: 'stored',
		reason: 'digest_mismatch',
		from: sources.measured,
	},
	// The body ended within the first buffer: a page of a filter fits in there, hardly a layer.
	{
		...blob,
		says: /^Digest did not match, expected /,
		reason: null,
		open: ['digest_mismatch', 'http_intercepted', 'body_truncated'],
		from: sources.measured,
	},
	{ ...blob, says: /^unexpected EOF\b/, inside: 'reading', reason: 'body_truncated', from: sources.measured },
	{
		...asked,
		says: /^(?:short read|failed to read expected number of bytes)$/,
		reason: 'body_truncated',
		from: sources.content,
	},
];

/** The registry does not have it. */
const missing: readonly Rule[] = [
	{
		...manifest,
		says: /^content at \S+\/manifests\/\S+ not found$/,
		reason: 'manifest_not_found',
		from: sources.fetcher,
	},
	{ ...blob, says: /^content at \S+\/blobs\/\S+ not found$/, reason: 'blob_not_found', from: sources.fetcher },
	{
		...manifest,
		says: /^could not fetch content descriptor \S+ \([^)]*(?:manifest|index)[^)]*\) from remote$/,
		reason: 'manifest_not_found',
		from: sources.fetcher,
	},
	{ ...blob, says: /^could not fetch content descriptor \S+ \(/, reason: 'blob_not_found', from: sources.fetcher },
	{ ...words, says: /^(?:name unknown|repository name not known to registry)$/, reason: 'repository_not_found' },
	{ ...words, says: /^manifest unknown$/, reason: 'manifest_not_found' },
	{ ...words, ...blob, says: /^(?:blob unknown(?: to registry)?|unknown blob)$/, reason: 'blob_not_found' },
];

/** Manifests and layers. */
export const content: readonly Rule[] = [...manifests, ...bytes, ...missing];
