import { isIPv6 } from 'node:net';
import type { Endpoint } from './endpoint.ts';
import { formatHostPort, readHostPort } from './hostPort.ts';
import { printable } from './redact.ts';
import type { Reference } from './reference.ts';
import { faultOfDigest, faultOfDomain, faultOfRepository, faultOfTag, faultOfWhole } from './referenceGrammar.ts';

/** A text that is no image reference. The message says what is wrong and what to write instead. */
export class InvalidReference extends Error {
	override readonly name = 'InvalidReference';
}

const hub = 'docker.io';
/** Docker Hub's first address, which still stands in old references. */
const formerHub = 'index.docker.io';

/**
 * The reference that kubelet and containerd make of an image's name, by the rules of
 * https://github.com/distribution/reference (`ParseDockerRef`): `nginx` is `docker.io/library/nginx:latest`, of a tag
 * and a digest the digest wins. A registry's port and IPv6 address must be ones that can be dialled. Throws
 * `InvalidReference`.
 */
export function parseReference(text: string): Reference {
	const fault = faultOfWhole(text);
	if (fault !== undefined) throw invalid(text, fault);
	const [domain, rest] = splitDomain(text);
	return referenceIn(domain, rest, text);
}

/** What a person names on the command line: a whole registry, or one image in it. */
export interface TargetName {
	/** The registry: `docker.io`, `localhost:5000`. */
	readonly name: string;
	/** Absent when only a registry was named. */
	readonly image?: Reference;
	/** Set when a scheme was written: exactly this host is meant, with or without TLS. */
	readonly endpoint?: Endpoint;
}

/**
 * Reads what a person types after `check`: a registry (`ghcr.io`, `localhost:5000`, `[::1]:5000`), an image
 * (`ghcr.io/org/app:1.2`, `nginx`), either with `http://` or `https://` in front. A word without a slash is a registry
 * when it is `localhost`, has a dot, or is an IPv6 address, and carries nothing but a port behind; all else is an
 * image, as the runtime reads it: `busybox:1.36`, `registry:5000`. Behind a scheme the host may be any word, and
 * `/v2/` is the registry itself. Throws `InvalidReference`.
 */
export function parseTargetName(text: string): TargetName {
	const [, scheme, behind = ''] = /^(https?):\/\/(.*)$/is.exec(text) ?? [];
	if (scheme !== undefined) return withScheme(scheme.toLowerCase() === 'https' ? 'https' : 'http', behind, text);
	const registry = registryAlone(text);
	if (registry !== undefined) return { name: registry };
	const image = parseReference(text);
	return { name: image.domain, image };
}

function withScheme(scheme: Endpoint['scheme'], behind: string, text: string): TargetName {
	if (/[?#]/.test(behind)) throw invalid(text, 'it has a query or a fragment; write scheme://host/repository:tag');
	const slash = behind.indexOf('/');
	const domain = slash < 0 ? behind : behind.slice(0, slash);
	const rest = slash < 0 ? '' : behind.slice(slash + 1);
	if (domain.includes('@')) throw invalid(text, 'a login does not belong here; put it into the configuration');
	const host = readHostPort(domain);
	if (!host) throw invalid(text, faultOfDomain(domain) ?? 'it names no host');
	if (scheme === 'https' && (domain === hub || domain === formerHub)) return parseTargetName(behind);
	const endpoint = { scheme, hostname: host.hostname, port: host.port ?? (scheme === 'https' ? 443 : 80) };
	const name = formatHostPort(host);
	if (/^(?:v2\/?)?$/.test(rest)) return { name, endpoint };
	return { name, image: referenceIn(name, rest, text), endpoint };
}

/** The registry that a word without any repository names, or undefined when the word is an image. */
function registryAlone(text: string): string | undefined {
	const word = isIPv6(text) ? `[${text}]` : text.replace(/\/$/, '');
	if (!/^(?:localhost|\[.*\]|[^:.]*\.[^:]*)(?::\d+)?$/i.test(word) || word.includes('/') || word.includes('@')) {
		return undefined;
	}
	const host = readHostPort(word);
	if (!host) throw invalid(text, faultOfDomain(word) ?? 'it names no host');
	const name = formatHostPort(host);
	return name === formerHub ? hub : name;
}

/** The reference whose registry is known: `rest` is what stands behind `domain/`, `text` what was written. */
function referenceIn(domain: string, rest: string, text: string): Reference {
	const [named, digest] = cut(withLibrary(domain, rest), '@');
	const [repository, tag] = cut(named, ':');
	const fault = faultOfDomain(domain) ?? faultOfRepository(repository) ?? faultOfTag(tag) ?? faultOfDigest(digest);
	if (fault !== undefined) throw invalid(text, fault);
	return digest === undefined ? { domain, repository, tag: tag ?? 'latest' } : { domain, repository, digest };
}

/** What stands before an `@` may be a login and is not repeated. */
function invalid(text: string, fault: string): InvalidReference {
	const at = text.lastIndexOf('@');
	const shown = at < 0 ? text : `…${text.slice(at)}`;
	return new InvalidReference(`"${printable(shown, 120)}" is not an image reference: ${fault}`);
}

function splitDomain(text: string): [domain: string, rest: string] {
	const slash = text.indexOf('/');
	const first = text.slice(0, Math.max(0, slash));
	if (first === formerHub) return [hub, text.slice(slash + 1)];
	const isDomain = first === 'localhost' || /[.:]/.test(first) || first !== first.toLowerCase();
	return isDomain ? [first, text.slice(slash + 1)] : [hub, text];
}

/** Docker Hub's official images live below `library/`; no other registry knows that. */
function withLibrary(domain: string, rest: string): string {
	return domain === hub && !rest.includes('/') ? `library/${rest}` : rest;
}

function cut(text: string, separator: string): [before: string, after: string | undefined] {
	const at = text.indexOf(separator);
	return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
