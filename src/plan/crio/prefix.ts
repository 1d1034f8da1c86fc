import type { CrioRegistry } from '../../node/crio/facts.ts';

/**
 * The `[[registry]]` that holds for a name (`host[:port]/repository`, without tag and digest): the one with the longest
 * prefix (https://github.com/containers/container-libs/blob/main/image/docs/containers-registries.conf.5.md).
 */
export function registryFor(registries: readonly CrioRegistry[], name: string): CrioRegistry | undefined {
	let chosen: CrioRegistry | undefined;
	for (const registry of registries) {
		if (matchLength(name, registry.prefix) === undefined) continue;
		if (registry.prefix.length > (chosen?.prefix.length ?? 0)) chosen = registry;
	}
	return chosen;
}

/**
 * How much of `text` a prefix takes: up to a `/`, `:` or `@`, or all of it. So `example.com` matches
 * `example.com:5000/app` as well. Undefined where it does not match.
 */
export function matchLength(text: string, prefix: string): number | undefined {
	const end = prefix.startsWith('*.') ? endOfDomain(text, prefix.slice(1)) : endOfPrefix(text, prefix);
	return end !== undefined && (end === text.length || '/:@'.includes(text.charAt(end))) ? end : undefined;
}

function endOfPrefix(text: string, prefix: string): number | undefined {
	return text.startsWith(prefix) ? prefix.length : undefined;
}

/** Only the first place where the domain stands is looked at, and only within the host. */
function endOfDomain(text: string, domain: string): number | undefined {
	const at = text.indexOf(domain);
	return at < 0 || text.slice(0, at).includes('/') ? undefined : at + domain.length;
}
