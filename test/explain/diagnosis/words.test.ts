import { describe, expect, test } from 'vitest';
import { explained, line, type Path, tried, type Wish } from './situations.ts';
import { image, pulling, words } from './texts.ts';

type Row = readonly [
	title: string,
	message: string,
	image: Path | undefined,
	regular: Readonly<Record<string, Path>>,
	expected: string,
	more?: Wish,
];

const others = { 'quay.io': 'ok', 'docker.io': 'ok' } as const;

const proved: readonly Row[] = [
	[
		'a misspelt tag',
		words.missing,
		'registry manifest manifest_not_found',
		{ 'ghcr.io': 'ok' },
		'image image manifest_not_found ghcr.io',
	],
	[
		'a missing repository',
		words.missing,
		'registry manifest repository_not_found',
		{},
		'image image repository_not_found ghcr.io',
	],
	[
		'another platform',
		`${pulling}no match for platform in manifest: not found`,
		'registry manifest platform_not_found',
		{},
		'image image platform_not_found ghcr.io',
	],
	[
		'no login where one is due',
		words.noLogin,
		'registry challenge auth_required',
		{},
		'credentials image auth_required ghcr.io',
	],
	[
		'a server error, for all images',
		words.broken,
		'registry challenge http_server_error',
		{ 'ghcr.io': 'registry manifest http_server_error' },
		'registry image http_server_error ghcr.io',
	],
	[
		'a quota that is used up',
		words.limited,
		undefined,
		{ 'ghcr.io': 'registry manifest rate_limited' },
		'rate_limit probe rate_limited ghcr.io',
	],
	[
		'an expired certificate, by a clock that is right',
		words.expired,
		'registry tls tls_expired',
		others,
		'registry image tls_expired ghcr.io',
	],
	[
		'no way to anybody',
		words.dropped,
		undefined,
		Object.fromEntries(['ghcr.io', 'quay.io', 'docker.io'].map((name) => [name, 'registry tcp tcp_timeout' as const])),
		'node probe tcp_timeout ghcr.io',
	],
];

const open: readonly Row[] = [
	[
		'one host that does not answer',
		words.dropped,
		'registry tcp tcp_timeout',
		{ 'ghcr.io': 'registry tcp tcp_timeout', ...others },
		'node unknown tcp_timeout ghcr.io',
	],
	['one host that refuses', words.refused, 'registry tcp tcp_refused', others, 'registry unknown tcp_refused ghcr.io'],
	[
		'one name that is not found',
		words.noName,
		'registry dns dns_name_not_found',
		others,
		'registry unknown dns_name_not_found ghcr.io',
	],
	[
		'one certificate that is not trusted',
		words.untrusted,
		'registry tls tls_untrusted',
		others,
		'node unknown tls_untrusted ghcr.io',
	],
	[
		'all hosts of one owner',
		words.dropped,
		undefined,
		{ 'ghcr.io': 'registry tcp tcp_timeout' },
		'node unknown tcp_timeout ghcr.io',
	],
	[
		'two owners, who may share a provider',
		words.dropped,
		undefined,
		{ 'ghcr.io': 'registry tcp tcp_timeout', 'quay.io': 'registry tcp tcp_timeout' },
		'node unknown tcp_timeout ghcr.io',
	],
	[
		'all hosts, each in another way',
		words.dropped,
		undefined,
		{ 'ghcr.io': 'registry tcp tcp_timeout', 'quay.io': 'registry manifest http_server_error' },
		'node unknown tcp_timeout ghcr.io',
	],
	[
		'refusals everywhere',
		words.refused,
		undefined,
		{ 'ghcr.io': 'registry tcp tcp_refused', 'quay.io': 'registry tcp tcp_refused' },
		'registry unknown tcp_refused ghcr.io',
	],
	[
		'an expired certificate, and no other clock',
		words.expired,
		'registry tls tls_expired',
		{},
		'registry unknown tls_expired ghcr.io',
	],
	[
		'access denied: there may be no such repository',
		words.denied,
		'registry manifest auth_denied',
		{},
		'credentials unknown auth_denied ghcr.io',
	],
	[
		'a server error that is over',
		words.broken,
		'ok',
		{ 'ghcr.io': 'ok' },
		'registry unknown http_server_error ghcr.io',
	],
	['a tag that is there by now', words.missing, 'ok', {}, 'image unknown manifest_not_found -'],
	[
		'a fault of kubelet and another of the probe',
		words.missing,
		'registry tcp tcp_timeout',
		{},
		'image unknown manifest_not_found -',
	],
	[
		'the same reason at another host',
		words.rejected,
		'registry manifest auth_rejected',
		{},
		'credentials unknown auth_rejected token.ghcr.io',
	],
	['a full disk', words.full, 'ok', {}, 'kubelet unknown node_disk_full -'],
	['a kubelet that holds back', words.throttled, 'ok', {}, 'kubelet unknown pull_throttled_by_kubelet -'],
	[
		'words that nobody understands',
		words.strange,
		'registry tcp tcp_refused',
		{},
		'registry unknown tcp_refused ghcr.io',
	],
	['words that nobody understands, and no fault', words.strange, 'ok', {}, 'unknown unknown - -'],
	['no words, and no probe', '', undefined, {}, 'unknown unknown - -'],
	[
		'another image of the registry is missing too',
		words.missing,
		undefined,
		{ 'ghcr.io': 'registry manifest manifest_not_found' },
		'image unknown manifest_not_found -',
	],
];

const silent: readonly Row[] = [
	[
		'no words, and a missing tag',
		'',
		'registry manifest manifest_not_found',
		{},
		'image image manifest_not_found ghcr.io',
	],
	[
		'no words, a missing tag, and a secret that was not shown',
		'',
		'registry manifest manifest_not_found',
		{},
		'image unknown manifest_not_found ghcr.io',
		{ pullSecrets: ['regcred'] },
	],
	[
		'no words, and a login that is due',
		'',
		'registry challenge auth_required',
		{},
		'credentials unknown auth_required ghcr.io',
	],
	[
		'no words, and a registry that is broken',
		'',
		undefined,
		{ 'ghcr.io': 'registry manifest http_server_error' },
		'registry probe http_server_error ghcr.io',
	],
	[
		'no words, and another image that is missing',
		'',
		undefined,
		{ 'ghcr.io': 'registry manifest manifest_not_found' },
		'unknown unknown - -',
	],
];

const tables: Readonly<Record<string, readonly Row[]>> = {
	'what one node can prove': proved,
	'what one node cannot prove': open,
	'what only a probe tells': silent,
};

describe.each(Object.keys(tables))('%s', (table) => {
	const rows = (tables[table] ?? []).map((row) => ({ title: row[0], row }));
	test.each(rows)('$title', ({ row: [, message, path, regular, expected, more] }) => {
		const tries = path === undefined ? [] : [tried(image, path)];
		expect(line(explained({ message, tries, ...more }, regular))).toBe(expected);
	});
});
