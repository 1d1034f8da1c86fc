import type { Place } from '../fault.ts';
import { type Lined, readYaml } from '../yaml.ts';
import type { NodeReader } from './nodeReader.ts';

/** Where k3s and RKE2 are told about registries: what their files for containerd are generated from. */
export interface RegistriesSource {
	readonly file: string;
	/** By name of the registry, `*` for all. */
	readonly mirrors: ReadonlyMap<string, MirrorSource>;
	/** Lines of the logins and TLS settings, by name of the registry. */
	readonly configs: ReadonlyMap<string, number>;
}

interface MirrorSource {
	readonly line: number;
	readonly endpoints: readonly { readonly text: string; readonly line: number }[];
}

const mostEntries = 1000;
/** Far larger than such a file is; the parser may take seconds for more. */
const mostBytes = 64 * 1024;

/**
 * Reads registries.yaml (https://docs.k3s.io/installation/private-registry) for its lines only. Undefined where there
 * is none; one that is no YAML is one of the reader's faults. Throws as `NodeReader`.
 */
export function readRegistries(reader: NodeReader, file: string): RegistriesSource | undefined {
	const content = reader.file(file, mostBytes);
	if (content.state !== 'read') return undefined;
	const source = parseRegistries(content.value.toString('utf8'), file);
	const detail = 'The file is not YAML: k3s and RKE2 do not start with it.';
	if (!source) reader.faults.push({ file, fault: 'file_invalid', detail });
	return source;
}

/** The lines of a registries.yaml; undefined when the text is no YAML. Never throws. */
export function parseRegistries(text: string, file: string): RegistriesSource | undefined {
	const top = readYaml(text);
	if ('why' in top) return undefined;
	const mirrors = entriesOf(valueAt(top, 'mirrors')).map(([name, mirror]): [string, MirrorSource] => {
		const list = valueAt(mirror, 'endpoint')?.value;
		const endpoints: readonly Lined[] = Array.isArray(list) ? list.slice(0, mostEntries) : [];
		return [
			name,
			{ line: mirror.line, endpoints: endpoints.map(({ value, line }) => ({ text: textOf(value), line })) },
		];
	});
	const configs = entriesOf(valueAt(top, 'configs')).map(([name, { line }]): [string, number] => [name, line]);
	return { file, mirrors: new Map(mirrors), configs: new Map(configs) };
}

function valueAt({ value }: Lined, key: string): Lined | undefined {
	return value instanceof Map ? value.get(key) : undefined;
}

function entriesOf(map: Lined | undefined): readonly (readonly [string, Lined])[] {
	return map?.value instanceof Map ? [...map.value].slice(0, mostEntries) : [];
}

/** Where an endpoint of a registry was written; undefined when it stands nowhere. */
export function originOfEndpoint(
	source: RegistriesSource | undefined,
	registry: string,
	endpoint: string,
): Place | undefined {
	const known = source?.mirrors.get(registry)?.endpoints.find(({ text }) => sameEndpoint(text, endpoint));
	return known && source ? { file: source.file, line: known.line } : undefined;
}

/** Where the settings of a registry's own host were written. */
export function originOfServer(source: RegistriesSource | undefined, registry: string): Place | undefined {
	const line = source?.configs.get(registry) ?? source?.mirrors.get(registry)?.line;
	return source && line !== undefined ? { file: source.file, line } : undefined;
}

/** k3s writes the scheme and `/v2` where a person leaves them out, and the real host of docker.io. */
function sameEndpoint(written: string, generated: string): boolean {
	return canonical(written) === canonical(generated);
}

function canonical(endpoint: string): string {
	const bare = endpoint.replace(/^https?:\/\//, '').replace(/(?:\/v2)?\/?$/, '');
	return bare === 'docker.io' ? 'registry-1.docker.io' : bare;
}

function textOf(value: Lined['value']): string {
	return typeof value === 'string' ? value : '';
}
