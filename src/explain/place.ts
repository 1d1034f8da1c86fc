import type { PathStage } from '../reasons/explanation.ts';
import { registryHostOf } from './passages.ts';
import type { Passages } from './scene.ts';
import { operationOf } from './status.ts';
import type { Told } from './told.ts';

/** Which host of a pull: the same words as the label `role`. */
export type Role = 'registry' | 'token' | 'redirect' | 'blob';

/** Where an error happened, as far as its text tells. */
export interface Place {
	readonly role?: Role;
	readonly stage?: PathStage;
	readonly host?: string;
}

/** Role, stage and host of an error whose cause was read. */
export function placeOf(error: Passages, told: Told): Place {
	const stage = told.stage === 'asked' ? stageOf(error) : told.stage;
	// It is the registry that challenges, also with the realm of a token service that cannot be used.
	const challenge = stage === 'challenge';
	const role = challenge ? 'registry' : roleOf(error);
	const host = challenge && operationOf(error) === 'token' ? undefined : hostIn(error);
	return { ...(role && { role }), ...(stage && { stage }), ...(host !== undefined && { host }) };
}

/** A text does not tell the challenge from the manifest: both are the answer to the manifest's request. */
function stageOf(error: Passages): PathStage | undefined {
	const operation = operationOf(error);
	return operation === 'ping' ? 'manifest' : operation;
}

/** Which host the error names. Older containerd names the registry where a host behind it failed. */
function hostIn(error: Passages): string | undefined {
	const { request, named, beforeRedirects } = error.scene;
	const operation = operationOf(error);
	if (beforeRedirects && operation !== 'manifest') return undefined;
	if (request) return request.host;
	return operation === 'token' || operation === 'blob' ? undefined : named;
}

/**
 * The role is told only by a request's own URL, or where the words name it. A text that names an image alone may come
 * from a host that the registry, or a mirror, sent the request on to.
 */
function roleOf(error: Passages): Role | undefined {
	const { request, beforeRedirects } = error.scene;
	const operation = operationOf(error);
	if (operation === 'token') return 'token';
	if (operation === 'ping') return 'registry';
	if (request?.host === undefined || beforeRedirects) return undefined;
	const own = isRegistrys(error);
	if (own === undefined) return operation === 'manifest' ? 'registry' : undefined;
	if (own) return 'registry';
	if (operation === 'blob') return 'blob';
	// CRI-O may have asked another host of its own configuration.
	return error.kinds.has('containerd') ? strangersRole(error) : undefined;
}

/** containerd's request to a host that is neither the registry nor, with `ns` in its query, a mirror. */
function strangersRole(error: Passages): Role | undefined {
	if (operationOf(error) === 'manifest') return 'redirect';
	return undefined;
}

/** Whether the request went to the registry itself or a mirror of it; undefined where the image is not known. */
function isRegistrys({ scene: { request, image, named } }: Passages): boolean | undefined {
	if (request?.names.has('ns') || (request?.host !== undefined && request.host === named)) return true;
	const registry = registryHostOf(image);
	return registry === undefined ? undefined : registry === request?.host;
}
