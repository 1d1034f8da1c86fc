import { endpointOf, hostOf } from '../registry/endpoint.ts';
import type { Place } from './attempt.ts';
import type { Admission } from './manifest/asking.ts';
import type { Scene } from './scene.ts';
import { blob } from './stages/blob.ts';
import { challenge, type First } from './stages/challenge.ts';
import { manifest } from './stages/manifest.ts';
import { basicAuthorization, token, tokenHost } from './stages/token.ts';

/** What an attempt leaves out because the schedule holds it back. */
export interface Hold {
	/** The quota is under its floor: nothing is sent that counts or moves bytes. */
	readonly floor?: boolean;
	/** The login was rejected: it is not shown again. */
	readonly credentials?: boolean;
}

/** Pulling, as far as it costs nothing: challenge → token → manifest → blob. Connections are made when they are asked for. */
export async function pull(scene: Scene, hold: Hold): Promise<void> {
	const { at } = scene;
	const { target } = at;
	const home: Place = { role: 'registry', peer: hostOf(target.endpoint) };
	const first = await at.stage(home, challenge, { scene });
	const admission = await admit(scene, first, hold);
	if (!admission) return;
	const found = await at.stage(home, manifest, { scene, first, admission, hold: hold.floor === true });
	const { layer } = found;
	if (!target.blob || !layer) return;
	await at.stage(home, blob, { scene, admission: found.admission, digest: layer.digest, bytes: target.blob.bytes });
}

/** Answers the challenge; undefined when that needs a login that is held back. */
async function admit(scene: Scene, first: First, hold: Hold): Promise<Admission | undefined> {
	const { at, logins } = scene;
	// A host that the request was sent on to asks for a login that is the registry's: it gets none.
	const { away } = first.journey;
	const login = away ? undefined : logins.registry;
	if (!first.challenge) return { presented: 'nothing' };
	if (first.challenge.scheme === 'basic') {
		if (!login) return { presented: 'nothing' };
		return hold.credentials ? undefined : { presented: 'login', authorization: basicAuthorization(login) };
	}
	const endpoint = endpointOf(new URL(first.challenge.realm));
	if (!endpoint) throw new TypeError('a realm without a host');
	const place: Place = { role: 'token', peer: hostOf(endpoint) };
	if (login && hold.credentials) {
		await at.stage(place, tokenHost, { scene, place, endpoint });
		return undefined;
	}
	return await at.stage(place, token, { scene, challenge: first.challenge, login, foreign: away });
}
