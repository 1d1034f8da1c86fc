import type { Target } from '../../plan/target.ts';
import type { BearerChallenge } from '../../registry/challenge.ts';
import type { Login } from '../../registry/secret.ts';
import { readToken, TokenMalformed, tokenUrl } from '../../registry/token.ts';
import type { Place } from '../attempt.ts';
import type { Deadline } from '../deadline.ts';
import { Refused } from '../guard.ts';
import type { Endpoint } from '../../registry/endpoint.ts';
import type { Answer } from '../http/answer.ts';
import { Journey } from '../http/journey.ts';
import { bodyFailure } from '../http/bodyFailure.ts';
import { errorOf, errorTextOf, factsOf, isHtml, noteWait, type Presented, statusFailure } from '../judge.ts';
import { commonHeaders, plainHeaders } from '../request.ts';
import type { Scene } from '../scene.ts';
import { ProbeFailure, type Measure, type Stage } from '../stage.ts';
import { clockSkew } from './clockSkew.ts';

interface Input {
	readonly scene: Scene;
	readonly challenge: BearerChallenge;
	/** Absent: an anonymous token. */
	readonly login: Login | undefined;
	/** Who named the realm, when that was not the registry's first answer. */
	readonly blame?: Place;
	/** A host that the request was sent on to named the realm: what the node adds to requests is not for it. */
	readonly foreign?: boolean;
	readonly time: Deadline;
}

/** A token, and what it was got with. */
export interface Granted {
	/** The value of an `Authorization` header. */
	readonly authorization: string;
	readonly presented: Exclude<Presented, 'nothing'>;
}

const maximumTokenBytes = 64 * 1024;

const lifetime: Measure = {
	metric: 'token_lifetime_seconds',
	help: 'How long the token service promises its token to be valid.',
	labels: ['host'],
	samples({ facts }) {
		const value = facts?.['lifetimeSeconds'];
		return typeof value === 'number' ? [{ labels: {}, value }] : [];
	},
};

/** The value of an `Authorization` header that holds the login. */
export function basicAuthorization({ username, password }: Login): string {
	return `Basic ${Buffer.from(`${username}:${password.reveal()}`).toString('base64')}`;
}

/** A token from the service that the challenge names: one request, fresh for every attempt. */
export const token: Stage<Input, Granted> = {
	name: 'token',
	measures: [lifetime, clockSkew],
	async run({ scene, challenge, login, blame, foreign = false, time }) {
		const { at } = scene;
		const url = tokenUrl(challenge, at.target.repository);
		// Secrets are treated more strictly than runtimes do: none goes from an https registry to a plain service.
		const downgraded = at.target.endpoint.scheme === 'https' && url.protocol === 'http:';
		const shown = downgraded ? undefined : login;
		const authorization = shown && basicAuthorization(shown);
		const own = downgraded || foreign ? plainHeaders : commonHeaders(at.target);
		const headers = { accept: 'application/json', ...own };
		const journey = new Journey(scene, {
			url,
			method: 'GET',
			role: 'token',
			awayRole: 'token',
			headers,
			authorization,
		});
		const answer = await blamed(() => journey.go(time), blame);
		const facts = { ...factsOf(answer), ...(downgraded && { downgraded }) };
		const { place } = journey;
		const body = await successBody(scene, answer, journey, shown, time);
		try {
			const { token: value, others, lifetimeSeconds } = readToken(body);
			for (const secret of [value, ...others]) at.secrets.add(secret);
			const known = lifetimeSeconds === undefined ? facts : { ...facts, lifetimeSeconds };
			const granted = { authorization: `Bearer ${value}`, presented: shown ? 'login' : 'token' } as const;
			return { value: granted, facts: known, place };
		} catch (error) {
			if (!(error instanceof TokenMalformed)) throw error;
			throw new ProbeFailure('auth_token_malformed', error.message, facts, { place });
		}
	},
};

/** Any success will do for containerd (`core/remotes/docker/auth/fetch.go`); CRI-O takes 200 alone (`containers/image`, `docker_client.go`). */
function isGranted({ status }: Answer, { client }: Target): boolean {
	return status === 200 || (client === 'containerd' && status > 200 && status < 300);
}

/** The way to the token service alone, where nothing may be shown to it. Leaves no record of its own. */
export const tokenHost: Stage<{ readonly scene: Scene; readonly place: Place; readonly endpoint: Endpoint }, void> = {
	name: 'token',
	measures: [],
	async run({ scene, place, endpoint }) {
		await blamed(() => scene.connection(place, endpoint));
		return { value: undefined, facts: {}, omitted: true };
	},
};

/** A realm that may not be asked is the fault of the challenge that named it. */
async function blamed<T>(ask: () => Promise<T>, blame?: Place): Promise<T> {
	try {
		return await ask();
	} catch (error) {
		if (!(error instanceof Refused)) throw error;
		const guilty = {
			place: blame ?? { role: 'registry', peer: '' },
			belongsTo: blame ? 'manifest' : 'challenge',
		} as const;
		throw new ProbeFailure('auth_challenge_unsupported', error.message, {}, guilty);
	}
}

async function successBody(
	scene: Scene,
	answer: Answer,
	journey: Journey,
	login: Login | undefined,
	time: Deadline,
): Promise<string> {
	const { place } = journey;
	if (!isGranted(answer, scene.at.target)) {
		const text = await errorTextOf(answer, time);
		noteWait(scene.at, answer, text);
		const presented = login && !journey.away ? 'login' : 'nothing';
		const judging = {
			answer,
			place,
			presented,
			shown: false,
			due: 'token',
			error: errorOf(scene.at, text),
			text,
		} as const;
		throw (
			statusFailure(judging) ??
			new ProbeFailure('http_unexpected_status', `status ${answer.status}`, factsOf(answer), { place })
		);
	}
	if (isHtml(answer))
		throw new ProbeFailure('http_intercepted', 'a page came where a token was due', factsOf(answer), { place });
	const body = await answer.body(maximumTokenBytes + 1, time.remaining());
	if (body.bytes.length > maximumTokenBytes) {
		throw new ProbeFailure(
			'auth_token_malformed',
			'the answer of the token service is larger than 64 KiB',
			factsOf(answer),
			{ place },
		);
	}
	const failure = bodyFailure(body);
	if (failure) throw new ProbeFailure(failure.reason, failure.message, factsOf(answer), { place });
	const text = body.bytes.toString('utf8');
	if (/^\s*<(!doctype|html)/i.test(text)) {
		throw new ProbeFailure('http_intercepted', 'a page came where a token was due', factsOf(answer), { place });
	}
	return text;
}
