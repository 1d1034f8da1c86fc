import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { type Content, type Image, makeImage } from '../fakes/image.ts';
import type { Directory } from './directory.ts';
import { startDockerRegistry } from './dockerRegistry.ts';
import { push } from './skopeo.ts';

/** What every registry of this suite holds. */
export interface Store {
	/** The root directory of docker-registry's file system driver. */
	readonly path: string;
	/** `team/app:1` and `private/app:1`: an index for this machine's and another platform. */
	readonly index: Image;
	/** `team/single:1`: one manifest without an index. */
	readonly single: Image;
	/** `team/foreign:1`: an index without this machine's platform. */
	readonly foreign: Image;
	/** The smallest layer of all three. */
	readonly layer: Content;
}

/** Sizes of the layers in bytes. Random bytes do not shrink, and skopeo compresses what is not compressed. */
const sizes = [120_000, 40_000];

/** Fills a store: starts a registry of its own on it and pushes the images with skopeo. */
export async function fillStore(directory: Directory): Promise<Store> {
	const path = directory.at('store');
	const layers = sizes.map((size) => gzipSync(randomBytes(size)));
	const index = makeImage({ layers, platforms: ['linux/amd64', 'linux/arm64/v8'] });
	const single = makeImage({ layers });
	const foreign = makeImage({ layers, platforms: ['linux/s390x', 'windows/amd64'] });
	await using registry = await startDockerRegistry({ directory, store: path });
	const at = (name: string) => `127.0.0.1:${registry.port}/${name}`;
	await push(index, at('team/app:1'));
	await push(index, at('private/app:1'));
	await push(single, at('team/single:1'));
	await push(foreign, at('team/foreign:1'));
	const layer = index.layers.toSorted((a, b) => a.body.length - b.body.length)[0];
	if (!layer) throw new TypeError('an image without layers');
	return { path, index, single, foreign, layer };
}

/** Removes the bytes of a blob from a store, as a careless clean-up does. */
export function removeBlob(store: string, digest: string): void {
	rmSync(`${store}/${blobPath(digest)}`);
}

/** Where a store keeps the bytes of a blob. */
export function blobPath(digest: string): string {
	const hash = digest.slice('sha256:'.length);
	return `docker/registry/v2/blobs/sha256/${hash.slice(0, 2)}/${hash}/data`;
}
