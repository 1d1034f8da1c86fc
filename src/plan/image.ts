import type { RegistrySettings } from '../config/config.ts';
import { hostOf } from '../registry/endpoint.ts';
import { defaultDockerHubBlob } from '../registry/hosts.ts';
import { formatReference, type Reference } from '../registry/reference.ts';
import type { BlobWish } from './target.ts';

/** What a target asks for. */
export interface Wish {
	readonly image: Reference;
	/** Nobody named an image to be judged by: an answer that shows a registry will do. */
	readonly bare: boolean;
}

const dockerHubDefault: Reference = { domain: 'docker.io', repository: 'library/hello-world', tag: 'latest' };
const defaultBlobBytes = 64 * 1024;

/** What the rules below read of an entry. */
type Asked = Pick<RegistrySettings, 'name' | 'image' | 'endpoint' | 'blobBytes' | 'blobDigest'>;

/**
 * The image of an entry. Without one, Docker Hub is asked for its smallest official image, whose layer we know; any
 * other registry for `library/busybox`, which it need not have.
 */
export function wishOf({ name, image, endpoint }: Asked): Wish {
	if (image) return { image, bare: false };
	if (name === 'docker.io' || name === 'index.docker.io') return { image: dockerHubDefault, bare: false };
	// A name that is only a label is no part of a reference; the host that is asked is.
	const domain = endpoint && !/[.:]|^localhost$/.test(name) ? hostOf(endpoint) : name;
	return { image: { domain, repository: 'library/busybox', tag: 'latest' }, bare: true };
}

/** The layer to read of a wish; undefined when the blob stage is off. Where a manifest may not be read, no layer can be learned. */
export function blobOf(asked: Asked, { image, bare }: Wish, manifestGet: boolean): BlobWish | undefined {
	const bytes = asked.blobBytes ?? defaultBlobBytes;
	if (bare || bytes === 0) return undefined;
	if (asked.blobDigest !== undefined) return { bytes, digest: asked.blobDigest, byDefault: false };
	if (formatReference(image) === formatReference(dockerHubDefault)) {
		return { bytes, digest: defaultDockerHubBlob, byDefault: true };
	}
	return manifestGet ? { bytes, byDefault: false } : undefined;
}
