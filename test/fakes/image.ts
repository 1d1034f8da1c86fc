import { createHash } from 'node:crypto';

/** Something that a registry keeps under its digest. */
export interface Content {
	readonly digest: string;
	readonly mediaType: string;
	readonly body: Buffer;
}

/** An image as a registry holds it. */
export interface Image extends Content {
	/** All manifests by digest: the image's own and, below an index, those of its platforms. */
	readonly manifests: ReadonlyMap<string, Content>;
	/** Configurations and layers by digest. */
	readonly blobs: ReadonlyMap<string, Content>;
	/** The layers in the order in which they were given. */
	readonly layers: readonly Content[];
}

export interface ImageOptions {
	/** Contents of the layers. Default: one layer of 3,000 bytes. */
	readonly layers?: readonly Buffer[];
	/** `linux/amd64`, `linux/arm64/v8`. With them the image is an index; without, one manifest for linux/amd64. */
	readonly platforms?: readonly string[];
	/** Default: `oci`. */
	readonly format?: 'oci' | 'docker';
	/** How a container of it is started. Default: nothing is said. */
	readonly config?: Readonly<Record<string, unknown>>;
}

const types = {
	oci: {
		index: 'application/vnd.oci.image.index.v1+json',
		manifest: 'application/vnd.oci.image.manifest.v1+json',
		config: 'application/vnd.oci.image.config.v1+json',
		layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
	},
	docker: {
		index: 'application/vnd.docker.distribution.manifest.list.v2+json',
		manifest: 'application/vnd.docker.distribution.manifest.v2+json',
		config: 'application/vnd.docker.container.image.v1+json',
		layer: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
	},
} as const;

/** `sha256:…` of the bytes. */
export function digestOf(body: Buffer): string {
	return `sha256:${createHash('sha256').update(body).digest('hex')}`;
}

function content(mediaType: string, body: Buffer | object): Content {
	const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body, null, 3));
	return { digest: digestOf(bytes), mediaType, body: bytes };
}

function descriptor({ mediaType, digest, body }: Content): { mediaType: string; digest: string; size: number } {
	return { mediaType, digest, size: body.length };
}

function platformOf(text: string): { os: string; architecture: string; variant?: string } {
	const [os = 'linux', architecture = 'amd64', variant] = text.split('/');
	return { os, architecture, ...(variant === undefined ? {} : { variant }) };
}

const byDigest = (contents: readonly Content[]) => new Map(contents.map((each) => [each.digest, each]));

/** Builds an image whose digests and sizes are true (https://github.com/opencontainers/image-spec). Equal options give equal digests. */
export function makeImage(options: ImageOptions = {}): Image {
	const { layers: bodies = [Buffer.alloc(3000, 'layer ')], platforms, format = 'oci', config: start = {} } = options;
	const type = types[format];
	const layers = bodies.map((body) => content(type.layer, body));
	const diffIds = layers.map(({ digest }) => digest);
	const built = (platforms ?? ['linux/amd64']).map((text) => {
		const platform = platformOf(text);
		const rootfs = { type: 'layers', diff_ids: diffIds };
		const config = content(type.config, { ...platform, config: start, rootfs });
		const manifest = content(type.manifest, {
			schemaVersion: 2,
			mediaType: type.manifest,
			config: descriptor(config),
			layers: layers.map(descriptor),
		});
		return { platform, config, manifest };
	});
	const manifests = built.map(({ manifest }) => manifest);
	const index = content(type.index, {
		schemaVersion: 2,
		mediaType: type.index,
		manifests: built.map(({ platform, manifest }) => ({ ...descriptor(manifest), platform })),
	});
	const top = platforms ? index : (manifests[0] ?? index);
	const blobs = byDigest([...layers, ...built.map(({ config }) => config)]);
	return { ...top, manifests: byDigest([top, ...manifests]), blobs, layers };
}
