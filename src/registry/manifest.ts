import { isDigest } from './digest.ts';
import { isRecord, parseJson } from './json.ts';
import { isForeignLayerType, isImageType, isIndexType, isSchema1Type, mediaTypeOf } from './mediaType.ts';

export { isManifestType, isSchema1Type, manifestAccept, mediaTypeOf } from './mediaType.ts';

/** What was served as a manifest is none that a runtime takes. The message says why and repeats nothing of it. */
export class ManifestInvalid extends Error {
	override readonly name = 'ManifestInvalid';
}

/** The largest manifest that registries and runtimes promise to take, in bytes. */
export const maximumManifestBytes = 4 * 1024 * 1024;

/** What a manifest says about another object (https://github.com/opencontainers/image-spec/blob/main/descriptor.md). */
export interface Descriptor {
	readonly mediaType: string;
	readonly digest: string;
	/** Bytes. */
	readonly size: number;
	/** Other places to fetch it from, as the manifest names them. */
	readonly urls?: readonly string[];
}

/** One manifest of an index. An entry that names no platform has neither `os` nor `architecture`. */
export interface PlatformEntry extends Descriptor {
	readonly os?: string;
	readonly architecture?: string;
	readonly variant?: string;
	/** What the operating system must be able to do beside its name. */
	readonly osFeatures?: readonly string[];
}

export interface ImageIndex {
	readonly kind: 'index';
	readonly mediaType: string;
	readonly platforms: readonly PlatformEntry[];
}

export interface ImageManifest {
	readonly kind: 'image';
	readonly mediaType: string;
	readonly config: Descriptor;
	readonly layers: readonly Descriptor[];
}

/**
 * Reads a manifest or an index, refusing what containerd refuses: another `Content-Type`, schema 1, a type that
 * contradicts the content, objects without digest. Throws `ManifestInvalid`.
 */
export function readManifest(body: string, contentType: string | undefined): ImageIndex | ImageManifest {
	const index = isIndexType(contentType);
	if (isSchema1Type(contentType)) throw new ManifestInvalid('schema 1 manifests are no longer taken by any runtime');
	if (!index && !isImageType(contentType)) throw new ManifestInvalid('its content type is not that of a manifest');
	if (body.length > maximumManifestBytes) throw new ManifestInvalid('it has more than 4 MiB');
	const document = parseJson(body);
	if (!isRecord(document)) throw new ManifestInvalid('it is not a JSON object');
	contradict(document, index);
	const mediaType = mediaTypeOf(contentType);
	return index ? readIndex(document, mediaType) : readImage(document, mediaType);
}

/** The smallest layer that the registry itself holds and that is not empty: the cheapest one to read. */
export function smallestLayer(image: ImageManifest): Descriptor | undefined {
	const own = image.layers.filter(({ size, mediaType, urls }) => size > 0 && !urls && !isForeignLayerType(mediaType));
	return own.reduce<Descriptor | undefined>(
		(least, layer) => (least && least.size <= layer.size ? least : layer),
		undefined,
	);
}

type Document = Readonly<Record<string, unknown>>;

/** The check that keeps one document from being read in two ways (CVE-2021-41190). */
function contradict(document: Document, index: boolean): void {
	const own = typeof document['mediaType'] === 'string' ? document['mediaType'] : '';
	if (document['fsLayers'] !== undefined) throw new ManifestInvalid('it is a schema 1 manifest');
	const imageLike = document['config'] !== undefined || document['layers'] !== undefined || isImageType(own);
	if (index && imageLike) throw new ManifestInvalid('it is served as an index but is the manifest of an image');
	if (!index && (document['manifests'] !== undefined || isIndexType(own))) {
		throw new ManifestInvalid('it is served as the manifest of an image but is an index');
	}
}

function readIndex(document: Document, mediaType: string): ImageIndex {
	const entries = list(document['manifests'], 'manifests');
	return { kind: 'index', mediaType, platforms: entries.map((entry, at) => readEntry(entry, `manifests[${at}]`)) };
}

function readImage(document: Document, mediaType: string): ImageManifest {
	const layers = list(document['layers'], 'layers').map((layer, at) => readDescriptor(layer, `layers[${at}]`));
	return { kind: 'image', mediaType, config: readDescriptor(document['config'], 'config'), layers };
}

function readEntry(value: unknown, path: string): PlatformEntry {
	const descriptor = readDescriptor(value, path);
	const platform = isRecord(value) ? value['platform'] : undefined;
	if (!isRecord(platform)) return descriptor;
	const variant = word(platform['variant']);
	const osFeatures = texts(platform['os.features']);
	return {
		...descriptor,
		os: word(platform['os']),
		architecture: word(platform['architecture']),
		...(variant && { variant }),
		...(osFeatures && { osFeatures }),
	};
}

function readDescriptor(value: unknown, path: string): Descriptor {
	if (!isRecord(value)) throw new ManifestInvalid(`${path} is not an object`);
	const { mediaType, digest, size } = value;
	if (typeof digest !== 'string' || !isDigest(digest)) throw new ManifestInvalid(`${path} has no valid digest`);
	if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) {
		throw new ManifestInvalid(`${path} has no valid size`);
	}
	const urls = texts(value['urls']);
	return { mediaType: word(mediaType), digest, size, ...(urls && { urls }) };
}

function list(value: unknown, path: string): readonly unknown[] {
	if (value === undefined || value === null) return [];
	if (!Array.isArray(value)) throw new ManifestInvalid(`${path} is not a list`);
	return value;
}

function word(value: unknown): string {
	return typeof value === 'string' ? value.slice(0, 255) : '';
}

function texts(value: unknown): readonly string[] | undefined {
	if (!Array.isArray(value)) return undefined;
	const found = value.filter((item) => typeof item === 'string' && item.length <= 4096).slice(0, 20);
	return found.length === 0 ? undefined : (found as string[]);
}
