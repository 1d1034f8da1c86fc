import type { Values } from './placeholder.ts';

/**
 * The parts of a text that depend on the role. `place`: the host in words. `url`: what to ask by hand. `request` and
 * `refusal`: what containerd puts in front of a network error and of an HTTP status.
 */
interface Phrases {
	readonly place: string;
	readonly url: string;
	readonly request: string;
	readonly refusal: string;
}

const manifestUrl = '{scheme}://{peer}/v2/{repository}/manifests/{reference}';
const token = 'failed to authorize: failed to fetch anonymous token: ';
const fetch = 'failed to copy: httpReadSeeker: failed open: ';

const onManifest = {
	url: manifestUrl,
	request: `failed to resolve image: failed to do request: Head "${manifestUrl}"`,
	refusal: `failed to resolve image: unexpected status from HEAD request to ${manifestUrl}`,
};

function onBlob(url: string): Omit<Phrases, 'place'> {
	return {
		url,
		request: `${fetch}failed to do request: Get "${url}"`,
		refusal: `${fetch}unexpected status from GET request to ${url}`,
	};
}

const phrasesOf: Readonly<Record<string, Phrases>> = {
	token: {
		place: 'the token service {peer} of {registry}',
		url: '{scheme}://{peer}/',
		request: `failed to resolve image: ${token}Get "{scheme}://{peer}/…"`,
		refusal: `failed to resolve image: ${token}unexpected status from GET request to {scheme}://{peer}/…`,
	},
	redirect: {
		place: '{peer}, where {registry} sends requests for this manifest,',
		url: '{scheme}://{peer}/',
		request: 'failed to resolve image: failed to do request: Head "{scheme}://{peer}/…"',
		refusal: 'failed to resolve image: unexpected status from HEAD request to {scheme}://{peer}/…',
	},
	blob: {
		place: '{peer}, where {registry} keeps its layers,',
		...onBlob('{scheme}://{peer}/…'),
		url: '{scheme}://{peer}/',
	},
};

/** The phrases for the role and stage that the values name; those of the registry itself when they name none. */
export function phrases(values: Values): Phrases {
	const byRole =
		values.role !== undefined && Object.hasOwn(phrasesOf, values.role) ? phrasesOf[values.role] : undefined;
	if (byRole) return byRole;
	const registry = { place: 'the host {peer}', ...onManifest };
	return values.stage === 'blob' ? { ...registry, ...onBlob('{scheme}://{peer}/v2/{repository}/blobs/…') } : registry;
}
