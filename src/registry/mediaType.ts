const imageTypes: ReadonlySet<string> = new Set([
	'application/vnd.docker.distribution.manifest.v2+json',
	'application/vnd.oci.image.manifest.v1+json',
]);

const indexTypes: ReadonlySet<string> = new Set([
	'application/vnd.docker.distribution.manifest.list.v2+json',
	'application/vnd.oci.image.index.v1+json',
]);

/** `text/plain` is among them: containerd reads it so, because old registries sent schema 1 without a type. */
const schema1Types: ReadonlySet<string> = new Set([
	'application/vnd.docker.distribution.manifest.v1+json',
	'application/vnd.docker.distribution.manifest.v1+prettyjws',
	'text/plain',
]);

/** The `Accept` header of a manifest request, to the letter as containerd sends it. */
export const manifestAccept = [
	'application/vnd.docker.distribution.manifest.v2+json',
	'application/vnd.docker.distribution.manifest.list.v2+json',
	'application/vnd.oci.image.manifest.v1+json',
	'application/vnd.oci.image.index.v1+json',
	'*/*',
].join(', ');

/** The media type of a `Content-Type` header, lower case and without parameters; empty when there is none. */
export function mediaTypeOf(contentType: string | undefined): string {
	return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** Whether runtimes take an answer of this `Content-Type` for a manifest, be it of an image or an index. */
export function isManifestType(contentType: string | undefined): boolean {
	return isImageType(contentType) || isIndexType(contentType);
}

/** The manifest of one image. */
export function isImageType(contentType: string | undefined): boolean {
	return imageTypes.has(mediaTypeOf(contentType));
}

/** A list of manifests, one for each platform. */
export function isIndexType(contentType: string | undefined): boolean {
	return indexTypes.has(mediaTypeOf(contentType));
}

/** The first format of manifests, which no current runtime takes any more. */
export function isSchema1Type(contentType: string | undefined): boolean {
	return schema1Types.has(mediaTypeOf(contentType));
}

/** Layers that registries do not hold (https://github.com/opencontainers/image-spec/blob/main/layer.md). */
export function isForeignLayerType(mediaType: string): boolean {
	return /^application\/vnd\.(?:oci\.image\.layer\.nondistributable|docker\.image\.rootfs\.foreign)\./.test(mediaType);
}
