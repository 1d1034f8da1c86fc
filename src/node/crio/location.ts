import { quotedLocation } from '../../registry/quotable.ts';
import type { Placed } from './facts.ts';
import { InvalidSetting, type Settings } from './settings.ts';

/** The grammar of a registry's name (https://github.com/distribution/reference): a host, an address, with or without port. */
const hostPattern =
	/^(?:(?:[a-z0-9]|[a-z0-9][a-z0-9-]*[a-z0-9])(?:\.(?:[a-z0-9]|[a-z0-9][a-z0-9-]*[a-z0-9]))*|\[[a-f0-9:]+\])(?::\d+)?$/i;

const mostHosts = 100;

/** A prefix or location without slashes at its end. Throws `InvalidSetting` where it has a scheme. */
export function trimLocation(text: string, line: number): string {
	// Not a pattern: one that backtracks could be made slow.
	let end = text.length;
	while (text[end - 1] === '/') end -= 1;
	if (!/^https?:\/\//.test(text)) return text.slice(0, end);
	throw new InvalidSetting(`${quotedLocation(text, 'a location')} has a scheme; write host[:port][/path]`, line);
}

/** `trimLocation` of a setting; empty where it is absent. */
export function locationIn(settings: Settings, name: string): string {
	const { value, source } = settings.text(name) ?? { value: '', source: settings.place() };
	return trimLocation(value, source.line ?? settings.line);
}

/** Names of registries that short names are completed with. Throws `InvalidSetting` for what is no host. */
export function hostsOf({ value, source }: Placed<readonly string[]>): Placed<readonly string[]> {
	const line = source.line ?? 1;
	if (value.length > mostHosts) throw new InvalidSetting(`more than ${mostHosts} registries`, line);
	const hosts = value.map((text) => {
		const host = trimLocation(text, line);
		if (hostPattern.test(host)) return host;
		throw new InvalidSetting(`${quotedLocation(text, 'one of these')} is no registry; write host or host:port`, line);
	});
	return { value: hosts, source };
}
