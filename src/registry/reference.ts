/**
 * An image reference in its canonical form, as kubelet and containerd normalise it
 * (https://github.com/distribution/reference: `ParseDockerRef`; of a tag and a digest the digest wins).
 */
export interface Reference {
	/** The registry's name in the reference, with port where one is given: `docker.io`, `localhost:5000`. */
	readonly domain: string;
	/** The repository without the domain: `library/busybox`. */
	readonly repository: string;
	/** Exactly one of the two is set. */
	readonly tag?: string;
	readonly digest?: string;
}

/** The canonical text: `docker.io/library/busybox:latest`, `ghcr.io/a/b@sha256:…`. */
export function formatReference(reference: Reference): string {
	const name = `${reference.domain}/${reference.repository}`;
	return reference.digest === undefined ? `${name}:${reference.tag}` : `${name}@${reference.digest}`;
}
