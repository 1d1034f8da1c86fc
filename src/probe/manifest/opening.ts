import { originOf } from '../../registry/endpoint.ts';
import { manifestAccept } from '../../registry/mediaType.ts';
import type { Place } from '../attempt.ts';
import type { Deadline } from '../deadline.ts';
import type { Answer } from '../http/answer.ts';
import { Journey } from '../http/journey.ts';
import { errorOf, errorTextOf, isRegistry, noteWait, statusFailure } from '../judge.ts';
import { commonHeaders, objectUrl, referenceOf } from '../request.ts';
import type { Scene } from '../scene.ts';
import { ProbeFailure } from '../stage.ts';

/** The first request of a pull, and its answer: 401 with a challenge, or what there is without one. */
export interface Opening {
	readonly journey: Journey;
	readonly answer: Answer;
	/** The request was the manifest's own, so that its answer may be the manifest. */
	readonly manifest: boolean;
	/** Why the pull ends with this answer, which says nothing of the manifest. */
	readonly refusal?: ProbeFailure;
}

/** Opens as the target's runtime does, anonymously. Throws `ProbeFailure`. */
export async function open(scene: Scene, time: Deadline): Promise<Opening> {
	return scene.at.target.client === 'cri-o' ? await ask(scene, time) : await head(scene, time);
}

/** HEAD of the manifest, as containerd begins. A redirect is left to the manifest stage. */
async function head(scene: Scene, time: Deadline): Promise<Opening> {
	const { target } = scene.at;
	const url = objectUrl(target, 'manifests', referenceOf(target));
	const headers = { accept: manifestAccept, ...commonHeaders(target) };
	const journey = new Journey(scene, { url, method: 'HEAD', role: 'registry', awayRole: 'redirect', headers });
	const answer = await journey.begin(time);
	noteWait(scene.at, answer);
	return { journey, answer, manifest: true };
}

/** GET of `/v2/`, as CRI-O begins; anything but 200 and 401 ends its pull. That HTTP answered is all that a challenge is held to. */
async function ask(scene: Scene, time: Deadline): Promise<Opening> {
	const { target } = scene.at;
	const url = new URL(`${originOf(target.endpoint)}${target.root}/`);
	const headers = commonHeaders(target);
	const journey = new Journey(scene, { url, method: 'GET', role: 'registry', awayRole: 'redirect', headers });
	const answer = await journey.go(time);
	const text = await errorTextOf(answer, time);
	noteWait(scene.at, answer, text);
	if (answer.status === 401) return { journey, answer, manifest: false };
	const error = errorOf(scene.at, text);
	const { place } = journey;
	const shown = isRegistry(answer);
	const failure = statusFailure({ answer, place, presented: 'nothing', shown, due: 'manifest', error, text });
	if (!failure) return { journey, answer, manifest: false };
	return { journey, answer, manifest: false, refusal: asRefusal(failure, place) };
}

/** A 404 is about `/v2/`: nobody has asked for the manifest yet. */
function asRefusal({ reason, message, facts }: ProbeFailure, place: Place): ProbeFailure {
	const missing = reason === 'manifest_not_found' || reason === 'repository_not_found';
	return new ProbeFailure(missing ? 'http_unexpected_status' : reason, message, facts, { place, untimed: true });
}
