import { type BasicChallenge, type BearerChallenge, readChallenge } from '../../registry/challenge.ts';
import { endpointOf, hostOf } from '../../registry/endpoint.ts';
import type { Login } from '../../registry/secret.ts';
import type { Deadline } from '../deadline.ts';
import type { Answer } from '../http/answer.ts';
import type { Journey } from '../http/journey.ts';
import { factsOf } from '../judge.ts';
import type { Scene } from '../scene.ts';
import { ProbeFailure } from '../stage.ts';
import { basicAuthorization, type Granted, token } from '../stages/token.ts';

interface Late {
	readonly scene: Scene;
	readonly time: Deadline;
	/** Stands at the host that sent the challenge. */
	readonly journey: Journey;
	readonly answer: Answer;
}

/**
 * The authorization that answers a challenge which came only with the manifest request; undefined where it takes a
 * login and there is none. A host that the request was sent on to gets an anonymous token of its own, as from
 * containerd; the registry itself, asked again by GET, gets what it would have got at first. Throws `ProbeFailure`
 * `auth_challenge_unsupported`, `AttemptEnded` when there is no token.
 */
export async function answerChallenge({ scene, time, journey, answer }: Late): Promise<Granted | undefined> {
	const { place, away } = journey;
	const login = away ? undefined : scene.logins.registry;
	const challenge = readChallenge(answer.lines('www-authenticate'));
	if (challenge === undefined || challenge.scheme === 'unsupported') {
		const why = challenge?.why ?? 'status 401 without a challenge';
		throw new ProbeFailure('auth_challenge_unsupported', why, factsOf(answer), { place });
	}
	return await authorize(challenge, login, { scene, time, journey, answer });
}

async function authorize(
	challenge: BearerChallenge | BasicChallenge,
	login: Login | undefined,
	{ scene, time, journey }: Late,
): Promise<Granted | undefined> {
	if (challenge.scheme === 'basic') {
		return login && { authorization: basicAuthorization(login), presented: 'login' };
	}
	const realm = endpointOf(new URL(challenge.realm));
	const place = { role: 'token', peer: realm ? hostOf(realm) : '' } as const;
	const asked = { scene, challenge, login, blame: journey.place, foreign: journey.away };
	return await time.exclude(() => scene.at.stage(place, token, asked));
}
