import { createHash } from 'node:crypto';

import { isDigest } from '../../registry/digest.ts';
import {
	type Descriptor,
	type ImageIndex,
	type ImageManifest,
	ManifestInvalid,
	maximumManifestBytes,
	readManifest,
	smallestLayer,
} from '../../registry/manifest.ts';
import { choosePlatform } from '../../registry/platform.ts';
import type { Deadline } from '../deadline.ts';
import type { Answer } from '../http/answer.ts';
import { bodyFailure } from '../http/bodyFailure.ts';
import type { Journey } from '../http/journey.ts';
import { errorOf, errorTextOf, isHtml, noteWait, type Presented, statusFailure } from '../judge.ts';
import type { Scene } from '../scene.ts';
import { ProbeFailure } from '../stage.ts';

/** What the content of a manifest tells beyond its head. */
export interface Learned {
	/** `linux/amd64`, when an index was read. */
	readonly platform?: string;
	/** The layer that the blob stage reads. */
	readonly layer?: Descriptor;
}

export interface Reading {
	readonly scene: Scene;
	readonly time: Deadline;
	readonly presented: Presented;
	/** What comes for a tag is held against the header Docker-Content-Digest: containerd does, CRI-O does not. */
	readonly heedsHeader: boolean;
	/** Asks for a manifest by digest or tag, with what was presented before. */
	readonly ask: (reference: string) => Journey;
}

/**
 * Reads a manifest by GET where that is allowed: index → this node's platform → smallest layer, every digest checked.
 * Throws `ProbeFailure` (`platform_not_found`, `manifest_invalid`, `digest_mismatch`, `body_*`, `rate_limited` …).
 */
export async function readContent(reading: Reading, reference: string, withLayer: boolean): Promise<Learned> {
	const { platform } = reading.scene.vantage;
	const document = await fetchManifest(reading, reference);
	if (document.kind === 'image') return layerOf(document);
	const words = [platform.os, platform.architecture, platform.variant].filter(Boolean).join('/');
	const entry = choosePlatform(document, platform);
	if (!entry) throw new ProbeFailure('platform_not_found', `the index has nothing for ${words}`, { platform: words });
	if (!withLayer) return { platform: words };
	const image = await fetchManifest(reading, entry.digest);
	return { platform: words, ...(image.kind === 'image' && layerOf(image)) };
}

function layerOf(image: ImageManifest): Learned {
	const layer = smallestLayer(image);
	return layer ? { layer } : {};
}

async function fetchManifest(reading: Reading, reference: string): Promise<ImageIndex | ImageManifest> {
	const { scene, time, presented, heedsHeader } = reading;
	const journey = reading.ask(reference);
	const answer = await journey.go(time);
	const { place } = journey;
	if (answer.status !== 200) {
		const text = await errorTextOf(answer, time);
		noteWait(scene.at, answer, text);
		const failure = statusFailure({
			answer,
			place,
			presented: journey.shown(presented),
			shown: true,
			due: 'manifest',
			error: errorOf(scene.at, text),
			text,
		});
		if (failure) throw failure;
	}
	if (isHtml(answer)) throw new ProbeFailure('http_intercepted', 'a page came where a manifest was due', {}, { place });
	const told = heedsHeader ? answer.header('docker-content-digest') : undefined;
	return readDocument(await manifestBytes(answer, time), answer, reference.includes(':') ? reference : told);
}

async function manifestBytes(answer: Answer, time: Deadline): Promise<Buffer> {
	const body = await answer.body(maximumManifestBytes + 1, time.remaining());
	const failure = bodyFailure(body);
	if (failure) throw failure;
	if (body.bytes.length > maximumManifestBytes)
		throw new ProbeFailure('manifest_invalid', 'the manifest is larger than 4 MiB');
	return body.bytes;
}

function readDocument(bytes: Buffer, answer: Answer, expected?: string): ImageIndex | ImageManifest {
	if (expected !== undefined && !isDigest(expected))
		throw new ProbeFailure('manifest_invalid', 'the header Docker-Content-Digest is not a digest');
	const wrong = expected === undefined ? undefined : mismatch(bytes, expected);
	if (wrong) throw new ProbeFailure('digest_mismatch', `the manifest has the digest ${wrong}, not ${expected}`);
	try {
		return readManifest(bytes.toString('utf8'), answer.header('content-type'));
	} catch (error) {
		if (!(error instanceof ManifestInvalid)) throw error;
		throw new ProbeFailure('manifest_invalid', error.message);
	}
}

/** The digest that the bytes really have, when it is another than `expected`; undefined when they fit or the algorithm is not known. */
export function mismatch(bytes: Uint8Array, expected: string): string | undefined {
	const algorithm = expected.split(':', 1).join('');
	if (!['sha256', 'sha384', 'sha512'].includes(algorithm)) return undefined;
	const actual = `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;
	return actual === expected ? undefined : actual;
}
