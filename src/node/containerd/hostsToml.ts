import type { Place } from '../fault.ts';
import { type TomlTable, readTomlDocument } from '../toml.ts';
import { notToml } from './configFiles.ts';
import type { HostSettings, HostsContent, Mistyped } from './facts.ts';
import { type HostsSurroundings, readHostSettings } from './hostSettings.ts';
import { asTable, tableAt, textAt } from './typed.ts';

/** More hosts than one registry has; the others are not read. */
const mostHosts = 100;

/**
 * Reads a hosts.toml (https://github.com/containerd/containerd/blob/main/docs/hosts.md), or says why every containerd
 * refuses it. Throws nothing because of what stands in it.
 */
export function readHostsToml(bytes: Uint8Array, surroundings: HostsSurroundings): HostsContent | Mistyped {
	const { file, origin } = surroundings;
	try {
		const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
		const { top, headers } = readTomlDocument(text);
		const server = textAt(top, 'server');
		const hosts = tableAt(top, 'host');
		const headed = headers.flatMap(({ keys, array }) => (!array && keys[0] === 'host' ? keys.slice(1, 2) : []));
		const bracketed = headers.find(({ keys }) => keys.some((key) => /[[\]]/.test(key)));
		return {
			...(server ? { server: { value: server.value, place: { file, line: server.line } } } : {}),
			root: withOrigin(readHostSettings(top, server?.line ?? 1, surroundings), origin()),
			hosts: readHosts(hosts?.value ?? new Map(), surroundings),
			hasHosts: hosts !== undefined,
			headed: headed.filter((name, index) => name !== (headed[index - 1] ?? '')).slice(0, mostHosts),
			...(bracketed ? { bracketed: { file, line: bracketed.line } } : {}),
		};
	} catch (error) {
		return notToml(error, file);
	}
}

function readHosts(hosts: TomlTable, surroundings: HostsSurroundings): ReadonlyMap<string, HostSettings> {
	const entries = [...hosts].slice(0, mostHosts).map(([url, found]): [string, HostSettings] => {
		const { value, line } = asTable(found, 'host');
		return [url, withOrigin(readHostSettings(value, line, surroundings), surroundings.origin(url))];
	});
	return new Map(entries);
}

function withOrigin(settings: HostSettings, origin: Place | undefined): HostSettings {
	return origin ? { ...settings, origin } : settings;
}
