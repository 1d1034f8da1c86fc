import type { Values } from './placeholder.ts';

/** Parts of templates that differ by role and stage; templates themselves. */
interface Phrases {
	/** The host in words. */
	readonly place: string;
	/** What to ask by hand. */
	readonly url: string;
	/** What to ask the registry itself by hand, so that a token goes to it alone and not to where it sends the request on. */
	readonly source: string;
	/** What containerd puts in front of a network error. */
	readonly request: string;
	/** What containerd puts in front of an HTTP status. */
	readonly refusal: string;
}

const resolve = 'failed to resolve image: ';
const authorize = `${resolve}failed to authorize: failed to fetch anonymous token: `;
const open = 'failed to copy: httpReadSeeker: failed open: ';

function headOf(url: string): Pick<Phrases, 'request' | 'refusal'> {
	return {
		request: `${resolve}failed to do request: Head "${url}"`,
		refusal: `${resolve}unexpected status from HEAD request to ${url}`,
	};
}

function layerOf(url: string): Pick<Phrases, 'request' | 'refusal'> {
	return {
		request: `${open}failed to do request: Get "${url}"`,
		refusal: `${open}unexpected status from GET request to ${url}`,
	};
}

const origin = '{scheme}://{peer}/';
const manifestUrl = `${origin}v2/{repository}/manifests/{reference}`;
const layerUrl = `${origin}v2/{repository}/blobs/{digest}`;

const manifestSource = 'https://{host}/v2/{repository}/manifests/{reference}';
const layerSource = 'https://{host}/v2/{repository}/blobs/{digest}';

const registry = { place: '{peer}', url: manifestUrl, source: manifestUrl, ...headOf(manifestUrl) };
const registryLayer = { ...registry, url: layerUrl, source: layerUrl, ...layerOf(layerUrl) };

const others = new Map<string | undefined, Phrases>([
	[
		'token',
		{
			place: 'the token service {peer} of {registry}',
			url: origin,
			source: origin,
			request: `${authorize}Get "${origin}…"`,
			refusal: `${authorize}unexpected status from GET request to ${origin}…`,
		},
	],
	[
		'redirect',
		{
			place: '{peer}, where {registry} sends requests for this manifest,',
			url: origin,
			source: manifestSource,
			...headOf(`${origin}…`),
		},
	],
	[
		'blob',
		{ place: '{peer}, where {registry} keeps its layers,', url: origin, source: layerSource, ...layerOf(`${origin}…`) },
	],
]);

/** The phrases for the role and stage that the values name; those of the registry itself when they name none. */
export function phrasesFor(values: Values): Phrases {
	return others.get(values.role) ?? (values.stage === 'blob' ? registryLayer : registry);
}

/** `dig` needs the port of a nameserver apart, and only where it is unusual. */
export function digFor(values: Values): string {
	const unusual = values.nameserverPort !== undefined && values.nameserverPort !== '53';
	return `dig +timeout=5${unusual ? ' -p {nameserverPort}' : ''} @{nameserverHost}`;
}
