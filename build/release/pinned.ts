import { cpSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, isMap, isScalar, parseDocument } from 'yaml';

/** `ghcr.io/owner/registry-probe@sha256:…` */
const byDigest = /^(?<name>[a-z0-9][a-z0-9./:_-]*)@(?<digest>sha256:[0-9a-f]{64})$/;

/** What is copied: all manifests, and the dashboards, which a component of them leads to. */
const copied = ['manifests/**/*.yaml', 'grafana/*.{json,yaml}'];

/**
 * Copies `manifests/`, with what they lead to, from the checkout in `root` into `directory`, with the image by its digest:
 * what is applied is what was released, whatever becomes of a tag. Throws when `image` names no digest.
 */
export function writePinned(root: string, image: string, directory: string): void {
	const kustomization = pinned(readFileSync(join(root, theOne), 'utf8'), image);
	for (const name of globSync(copied, { cwd: root })) cpSync(join(root, name), join(directory, name));
	writeFileSync(join(directory, theOne), kustomization);
}

/** The one place where the image is set. */
const theOne = 'manifests/base/kustomization.yaml';

/** A kustomization with its one image by digest; all else, comments too, stays. */
function pinned(kustomization: string, image: string): string {
	const { name: newName, digest } = byDigest.exec(image)?.groups ?? {};
	if (newName === undefined) throw new Error(`${image} is not an image by its digest`);
	const document: Document = parseDocument(kustomization);
	const { contents } = document;
	const images = isMap(contents)
		? contents.items.find(({ key }) => isScalar(key) && key.value === 'images')
		: undefined;
	if (!images || !isScalar(images.key)) throw new Error('the kustomization sets no image');
	images.key.commentBefore = ' The image of this release, which is one for all platforms.';
	images.value = document.createNode([{ name: 'registry-probe', newName, digest }]);
	return document.toString();
}
