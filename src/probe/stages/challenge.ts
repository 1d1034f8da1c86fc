import { type BasicChallenge, type BearerChallenge, readChallenge } from '../../registry/challenge.ts';
import { printable, printableUrl } from '../../registry/redact.ts';
import { readRateLimit } from '../../registry/ratelimit.ts';
import type { Deadline } from '../deadline.ts';
import type { Answer } from '../http/answer.ts';
import type { Journey } from '../http/journey.ts';
import { factsOf } from '../judge.ts';
import { open } from '../manifest/opening.ts';
import type { Facts } from '../observation.ts';
import type { Scene } from '../scene.ts';
import { ProbeFailure, type Stage } from '../stage.ts';
import { clockSkew } from './clockSkew.ts';

/** The first answer, and what it asks for. Without a challenge the answer is the manifest's own. */
export interface First {
	readonly journey: Journey;
	readonly answer: Answer;
	/** The request was the manifest's own. */
	readonly manifest: boolean;
	/** The runtime's pull ends with the answer. */
	readonly refusal?: ProbeFailure;
	readonly challenge?: BearerChallenge | BasicChallenge;
	/** The challenge was one that a pull could answer: this is a registry. */
	readonly shown: boolean;
}

interface Input {
	readonly scene: Scene;
	readonly time: Deadline;
}

/** The first, anonymous request of a pull: HEAD of the manifest as containerd sends it, or GET of `/v2/` as CRI-O does. */
export const challenge: Stage<Input, First> = {
	name: 'challenge',
	measures: [clockSkew],
	async run({ scene, time }) {
		const { at } = scene;
		const opening = await open(scene, time);
		const { answer } = opening;
		if (answer.status !== 401)
			return { value: { ...opening, shown: false }, facts: { ...limits(answer), scheme: 'none' } };
		const asked = usable(answer);
		const facts = challengeFacts(answer);
		if (asked.scheme === 'bearer' || scene.logins.registry)
			return { value: { ...opening, challenge: asked, shown: true }, facts };
		if (at.target.bare) return { value: { ...opening, shown: true }, facts };
		throw new ProbeFailure('auth_required', 'the registry wants a login (Basic), none is configured', facts);
	},
};

function usable(answer: Answer): BearerChallenge | BasicChallenge {
	const found = readChallenge(answer.lines('www-authenticate'));
	if (found && found.scheme !== 'unsupported') return found;
	const why = found ? found.why : 'status 401 without a challenge';
	throw new ProbeFailure('auth_challenge_unsupported', why, limits(answer));
}

function challengeFacts(answer: Answer): Facts {
	const found = readChallenge(answer.lines('www-authenticate'));
	const common = { ...limits(answer), scheme: found?.scheme };
	if (found?.scheme !== 'bearer') return common;
	const service = found.service === undefined ? {} : { service: printable(found.service, 100) };
	return { ...common, realm: printableUrl(found.realm), ...service };
}

/** Docker Hub names the identity that it counts on the first 401 already. */
function limits(answer: Answer): Facts {
	const ratelimit = readRateLimit((name) => answer.header(name));
	return { ...factsOf(answer), ...(Object.keys(ratelimit).length > 0 && { ratelimit }) };
}
