import { Secret } from '../../registry/secret.ts';
import type { TomlTable } from '../toml.ts';
import type { CertificateCheck } from './certificates.ts';
import type { Header, LegacyLogin, LegacyMirror, LegacyRegistry, LegacyTls } from './facts.ts';
import { namedAuthority, namedClient } from './namedFile.ts';
import { type RegistriesSource, originOfEndpoint } from './registriesYaml.ts';
import { type Typed, asTable, flagAt, isList, MistypedValue, tableAt, textAt, textsAt } from './typed.ts';

/** More registries or mirrors than a node has; the others are not read. */
const mostEntries = 500;

/**
 * `registry.mirrors` (https://github.com/containerd/containerd/blob/main/docs/cri/registry.md). Throws
 * `MistypedValue`; so do the others.
 */
export function readMirrors(
	registry: TomlTable,
	file: string,
	source: RegistriesSource | undefined,
): ReadonlyMap<string, LegacyMirror> {
	const mirrors = tablesAt(registry, 'mirrors').map(([name, { value, line }]): [string, LegacyMirror] => {
		const endpoints = textsAt(value, 'endpoint').slice(0, mostEntries);
		const placed = endpoints.map((endpoint) => {
			const origin = originOfEndpoint(source, name, endpoint.value);
			return { value: endpoint.value, place: { file, line: endpoint.line }, ...(origin ? { origin } : {}) };
		});
		return [name, { place: { file, line }, endpoints: placed }];
	});
	return new Map(mirrors);
}

/** `registry.configs`: logins and TLS settings by host. */
export function readConfigs(
	registry: TomlTable,
	file: string,
	certificates: CertificateCheck,
): ReadonlyMap<string, LegacyRegistry> {
	const configs = tablesAt(registry, 'configs').map(([name, { value, line }]): [string, LegacyRegistry] => {
		const auth = tableAt(value, 'auth');
		const tls = tableAt(value, 'tls');
		return [
			name,
			{
				place: { file, line },
				...(auth ? { login: readLogin(auth, file) } : {}),
				...(tls ? { tls: readTls(tls, file, certificates) } : {}),
			},
		];
	});
	return new Map(configs);
}

/** `registry.auths`: logins by URL. */
export function readAuths(registry: TomlTable, file: string): ReadonlyMap<string, LegacyLogin> {
	return new Map(tablesAt(registry, 'auths').map(([name, table]) => [name, readLogin(table, file)]));
}

/** `registry.headers`: lists of texts by name. */
export function readGlobalHeaders(registry: TomlTable, file: string): readonly Header[] {
	const headers = tableAt(registry, 'headers')?.value ?? new Map<string, never>();
	return [...headers].slice(0, mostEntries).map(([name, found]) => {
		if (!isList(found.value)) throw new MistypedValue('a header must be a list of texts', found.line);
		const values = textsAt(headers, name).map(({ value }) => new Secret(value));
		return { name, values, place: { file, line: found.line } };
	});
}

function tablesAt(registry: TomlTable, key: string): [string, Typed<TomlTable>][] {
	const entries = [...(tableAt(registry, key)?.value ?? [])].slice(0, mostEntries);
	return entries.map(([name, value]) => [name, asTable(value, key)]);
}

function readLogin({ value: table, line }: Typed<TomlTable>, file: string): LegacyLogin {
	const secrets = { username: 'username', password: 'password', auth: 'auth', identityToken: 'identitytoken' };
	const found = Object.entries(secrets).flatMap(([name, key]) => {
		const text = textAt(table, key);
		return text ? [[name, new Secret(text.value)]] : [];
	});
	return { place: { file, line }, ...Object.fromEntries(found) };
}

function readTls({ value: table, line }: Typed<TomlTable>, file: string, certificates: CertificateCheck): LegacyTls {
	const ca = textAt(table, 'ca_file');
	const certificate = textAt(table, 'cert_file');
	const key = textAt(table, 'key_file');
	const client = certificate ?? key;
	const pair = [certificate?.value ?? '', key?.value ?? ''] as const;
	return {
		place: { file, line },
		...(ca && ca.value !== ''
			? { ca: namedAuthority(certificates.ca(ca.value, { file, line: ca.line }), ca.value) }
			: {}),
		...(client && pair.some((path) => path !== '')
			? { client: namedClient(certificates.pair(...pair, { file, line: client.line }), pair) }
			: {}),
		insecureSkipVerify: flagAt(table, 'insecure_skip_verify')?.value ?? false,
	};
}
