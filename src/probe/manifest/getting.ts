import type { Target } from '../../plan/target.ts';
import { manifestAccept } from '../../registry/mediaType.ts';
import { type Errand, Journey } from '../http/journey.ts';
import { commonHeaders, objectUrl } from '../request.ts';
import type { Scene } from '../scene.ts';
import type { Admission } from './asking.ts';

type Asked = Pick<Target, 'client' | 'bare'>;

/** A request for a manifest, by tag or digest, with what was granted before. */
export function manifestJourney(
	scene: Scene,
	reference: string,
	{ authorization }: Admission,
	how: Pick<Errand, 'method' | 'elsewhere' | 'onRedirect'>,
): Journey {
	const { target } = scene.at;
	const headers = { accept: manifestAccept, ...commonHeaders(target) };
	const url = objectUrl(target, 'manifests', reference);
	return new Journey(scene, { ...how, url, role: 'registry', awayRole: 'redirect', headers, authorization });
}

/**
 * Whether a GET alone says what the runtime would meet. CRI-O sends no HEAD: its pull stands or falls with what a GET
 * of the tag brings, and what the HEAD has said of type and digest is nothing to it. Measured at 1.37.0: HEAD 503 and
 * another Docker-Content-Digest than that of the manifest hinder containerd only.
 */
export function judgedByGet({ client, bare }: Asked): boolean {
	return client === 'cri-o' && !bare;
}

/** Whether this answer to a HEAD says nothing of a GET's; containerd sends one after a 405 as well. */
export function isHeadOnly(target: Asked, status: number): boolean {
	return status === 405 || (judgedByGet(target) && status >= 500);
}

/** Whether a HEAD that was answered so is followed by a GET of the same URL, where that may be sent. */
export function repeatsByGet(target: Asked, status: number): boolean {
	return isHeadOnly(target, status) || (judgedByGet(target) && ![200, 401, 429].includes(status));
}
