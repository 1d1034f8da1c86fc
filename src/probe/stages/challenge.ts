import { type BasicChallenge, type BearerChallenge, readChallenge } from '../../registry/challenge.ts';
import { printable, printableUrl } from '../../registry/redact.ts';
import { readRateLimit } from '../../registry/ratelimit.ts';
import type { Deadline } from '../deadline.ts';
import type { Attempt } from '../attempt.ts';
import type { Answer } from '../http/answer.ts';
import type { Journey } from '../http/journey.ts';
import { factsOf, tellable } from '../judge.ts';
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

const unspeakable = 'the challenge repeats a secret, and is not told';

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
		const found = limits(at, answer);
		if (answer.status !== 401) return { value: { ...opening, shown: false }, facts: { ...found, scheme: 'none' } };
		const asked = usable(at, answer, found);
		const facts = { ...found, ...challengeFacts(at, answer) };
		if (asked.scheme === 'bearer' || scene.logins.registry)
			return { value: { ...opening, challenge: asked, shown: true }, facts };
		if (at.target.bare) return { value: { ...opening, shown: true }, facts };
		throw new ProbeFailure('auth_required', 'the registry wants a login (Basic), none is configured', facts);
	},
};

function usable({ secrets }: Attempt, answer: Answer, facts: Facts): BearerChallenge | BasicChallenge {
	const lines = answer.lines('www-authenticate');
	const found = readChallenge(lines);
	if (found && found.scheme !== 'unsupported') return found;
	const why = found ? found.why : 'status 401 without a challenge';
	if (secrets.isSaidIn(lines.join(', '))) throw new ProbeFailure('auth_challenge_unsupported', unspeakable, facts);
	throw new ProbeFailure('auth_challenge_unsupported', why, facts);
}

/** Docker Hub names the identity that it counts on the first 401 already. */
function limits(at: Attempt, answer: Answer): Facts {
	const ratelimit = readRateLimit(tellable(at, answer));
	return { ...factsOf(answer), ...(Object.keys(ratelimit).length > 0 && { ratelimit }) };
}

function challengeFacts({ secrets }: Attempt, answer: Answer): Facts {
	const lines = answer.lines('www-authenticate');
	const found = readChallenge(lines);
	if (found?.scheme !== 'bearer') return { scheme: found?.scheme };
	if (secrets.isSaidIn(lines.join(', '))) return { scheme: 'bearer' };
	const service = found.service === undefined ? {} : { service: printable(found.service, 100) };
	return { scheme: 'bearer', realm: printableUrl(found.realm), ...service };
}
