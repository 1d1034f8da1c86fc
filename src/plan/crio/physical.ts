import type { CrioMirror, CrioRegistry, RegistriesFacts } from '../../node/crio/facts.ts';
import { quotedLocation } from '../../registry/quotable.ts';
import type { Place } from '../../node/fault.ts';
import { InvalidReference, parseReference } from '../../registry/image.ts';
import { formatReference, type Reference } from '../../registry/reference.ts';
import { printable } from '../../registry/redact.ts';
import { matchLength, registryFor } from './prefix.ts';

/** One place where an image is looked for. */
export interface Physical {
	/** The reference as it is asked for there: location in place of the prefix. */
	readonly reference: Reference;
	readonly via: 'upstream' | 'mirror';
	readonly insecure: boolean;
	readonly source: Place;
}

/** The places in order, or why there is none. */
export interface Places {
	readonly places: readonly Physical[];
	/** What was chosen for the image; absent where no entry matches. */
	readonly registry?: CrioRegistry;
	/** One location makes a name that is none, and the whole pull fails. */
	readonly refusal?: Place & { readonly why: string };
}

/**
 * Where an image is looked for: the mirrors of its `[[registry]]` in their order, as far as they are meant for tags or
 * digests, then its location
 * (https://github.com/containers/container-libs/blob/main/image/pkg/sysregistriesv2/system_registries_v2.go).
 */
export function placesOf({ registries, source }: RegistriesFacts, image: Reference): Places {
	const registry = registryFor(registries, nameOf(image));
	if (!registry) return { places: [{ reference: image, via: 'upstream', insecure: false, source }] };
	const mirrors = registry.mirrors.filter((mirror) => isMeantFor(mirror, image));
	const places: Physical[] = [];
	for (const endpoint of [...mirrors, registry]) {
		const reference = rewrite(image, registry.prefix, endpoint.location);
		if (typeof reference === 'string') return { places: [], registry, refusal: { ...endpoint.source, why: reference } };
		const via = endpoint === registry ? 'upstream' : 'mirror';
		places.push({ reference, via, insecure: endpoint.insecure, source: endpoint.source });
	}
	return { places, registry };
}

/** `host[:port]/repository`. */
export function nameOf({ domain, repository }: Reference): string {
	return `${domain}/${repository}`;
}

function isMeantFor({ pull }: CrioMirror, { digest }: Reference): boolean {
	return pull === 'all' || (pull === 'digest-only') === (digest !== undefined);
}

/** The reference with the location in place of the prefix, or why that is none. */
function rewrite(image: Reference, prefix: string, location: string): Reference | string {
	if (location === '') return image;
	const text = formatReference(image);
	const rewritten = `${location}${text.slice(matchLength(text, prefix) ?? 0)}`;
	const shown = quotedLocation(rewritten, 'a name that is not shown');
	try {
		const reference = parseReference(rewritten);
		const canonical = formatReference(reference);
		if (canonical === rewritten) return reference;
		return `the location makes ${shown} of the image, which is short for ${printable(canonical, 300)}: write it in full`;
	} catch (error) {
		if (!(error instanceof InvalidReference)) throw error;
		return `the location makes ${shown} of the image, which is no name of an image`;
	}
}
