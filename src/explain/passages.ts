import { hostOf } from '../registry/endpoint.ts';
import { upstreamEndpoint } from '../registry/hosts.ts';
import { frames } from './frames.ts';
import { askedFor } from './request.ts';
import type { Kind, Passage, Passages, Scene } from './scene.ts';
import { referenceIn } from './image.ts';

/** Reads the structure of an error from its layers, outermost first: what was asked for, where, and by whom. */
export function passagesOf(layers: readonly string[]): Passages {
	const kinds = new Set<Kind>();
	const passages: Passage[] = [];
	let scene: Scene = {};
	for (const text of layers) {
		passages.push({ text, inside: new Set(kinds) });
		// In the body of an answer the server could name any host.
		if (kinds.has('body')) continue;
		scene = { ...scene, ...framed(text, kinds) };
		if (isLater(scene, kinds)) kinds.add('later');
	}
	return { passages, kinds, scene };
}

/** What a layer tells; its kinds are added to those of the layers around. */
function framed(text: string, kinds: Set<Kind>): Scene {
	let told: Scene = {};
	for (const frame of frames) {
		if (frame.inside !== undefined && !kinds.has(frame.inside)) continue;
		const groups = frame.says.exec(text);
		if (!groups) continue;
		for (const kind of frame.kinds ?? []) kinds.add(kind);
		told = { ...told, ...frame.tells?.(...groups.slice(1)) };
	}
	return told;
}

/** CRI-O asks /v2/ before it asks for anything else, over the same connection. */
function isLater({ request, image }: Scene, kinds: ReadonlySet<Kind>): boolean {
	if (!request || !kinds.has('source') || kinds.has('ping') || askedFor(request) !== 'manifest') return false;
	return request.host === registryHostOf(image);
}

/** The registry's own host for an image, without any mirror; undefined when the image is not known. */
export function registryHostOf(image: string | undefined): string | undefined {
	const reference = image === undefined ? undefined : referenceIn(image);
	return reference && hostOf(upstreamEndpoint(reference.domain));
}
