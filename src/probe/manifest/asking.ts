import { type BasicChallenge, type BearerChallenge, readChallenge } from '../../registry/challenge.ts';
import { endpointOf, hostOf } from '../../registry/endpoint.ts';
import { readErrorBody } from '../../registry/errorBody.ts';
import { manifestAccept } from '../../registry/mediaType.ts';
import { readRateLimit } from '../../registry/ratelimit.ts';
import type { Login } from '../../registry/secret.ts';
import type { Deadline } from '../deadline.ts';
import type { Answer } from '../http/answer.ts';
import { Journey } from '../http/journey.ts';
import { errorTextOf, factsOf, isRegistry, noteWait, type Presented, statusFailure } from '../judge.ts';
import type { Facts } from '../observation.ts';
import { commonHeaders, objectUrl, referenceOf } from '../request.ts';
import type { Scene } from '../scene.ts';
import { ProbeFailure } from '../stage.ts';
import type { First } from '../stages/challenge.ts';
import { basicAuthorization, token } from '../stages/token.ts';
import { type Learned, readContent } from './content.ts';
import { acceptHead, headFacts } from './head.ts';

/** What the challenge was answered with. */
export interface Admission {
	readonly presented: Presented;
	readonly authorization?: string;
}

export interface ManifestInput {
	readonly scene: Scene;
	readonly first: First;
	readonly admission: Admission;
	/** Under the floor of the quota nothing is sent that counts. */
	readonly hold: boolean;
	readonly time: Deadline;
}

/** One run of the manifest stage: the HEAD, the judgement of its answer, and the content where it may be read. */
export class Asking {
	readonly #input: ManifestInput;
	readonly #journey: Journey;
	#presented: Presented;
	/** The answer that counts was the first one: the stage sent nothing of its own. */
	readonly #untimed: boolean;
	#facts: Facts = {};
	#reference: string;
	#belowFloor = false;
	/** The host where the request is gave a usable challenge only then. */
	#challenged = false;
	/** A bare host has shown itself a registry: there is nothing more to ask. */
	settled = false;

	constructor(input: ManifestInput) {
		this.#input = input;
		const { first, admission } = input;
		const sent = first.challenge !== undefined;
		this.#presented = admission.presented;
		this.#journey = sent ? this.#ask(referenceOf(input.scene.at.target), 'HEAD') : first.journey;
		this.#untimed = !sent && !isRedirect(first.answer.status);
		this.#reference = referenceOf(input.scene.at.target);
	}

	get told() {
		return { place: this.#journey.place, untimed: this.#untimed };
	}

	/** A failure with what was learned before it, told of the place where the request was. */
	complete(error: unknown): unknown {
		if (!(error instanceof ProbeFailure)) return error;
		const { place, belongsTo, cause } = error;
		const facts = { ...this.#facts, ...error.facts };
		const more = {
			place: place ?? this.#journey.place,
			untimed: this.#untimed,
			cause,
			...(belongsTo && { belongsTo }),
		};
		return new ProbeFailure(error.reason, error.message, facts, more);
	}

	/** The HEAD and every judgement about its answer. */
	async head(): Promise<Facts> {
		const { scene, time } = this.#input;
		const { target } = scene.at;
		let answer = await this.#journey.go(time);
		if (this.#unanswered(answer)) answer = await this.#admitted(answer);
		if (answer.status === 405 && target.manifestGet) answer = await this.#journey.repeat(time, { method: 'GET' });
		if (this.#unanswered(answer)) answer = await this.#admitted(answer);
		this.#learn(answer);
		noteWait(scene.at, answer);
		if (answer.status !== 200) await this.#refused(answer);
		else this.#reference = target.image.digest ?? acceptHead(answer) ?? this.#reference;
		return this.#facts;
	}

	/** A challenge that nothing was presented for yet. */
	#unanswered({ status }: Answer): boolean {
		if (status !== 401 || this.#challenged) return false;
		return this.#journey.away || (this.#presented === 'nothing' && !this.#input.first.shown);
	}

	/** What only the content tells; nothing where a GET is not allowed, or the quota is low. */
	async content(facts: Facts): Promise<Learned> {
		const { scene, time, hold } = this.#input;
		const { target } = scene.at;
		const pinned = target.blob?.digest;
		const layer = pinned === undefined ? {} : { layer: { digest: pinned, size: 0, mediaType: '' } };
		if (!target.manifestGet || target.bare || hold || this.#belowFloor) return this.#belowFloor || hold ? {} : layer;
		this.#facts = facts;
		const ask = (reference: string) => this.#ask(reference, 'GET');
		const learn = target.blob !== undefined && pinned === undefined;
		const learned = await readContent({ scene, time, presented: this.#presented, ask }, this.#reference, learn);
		return { ...learned, ...layer };
	}

	#ask(reference: string, method: 'GET' | 'HEAD'): Journey {
		const { scene, admission } = this.#input;
		const { target } = scene.at;
		const headers = { accept: manifestAccept, ...commonHeaders(target) };
		const url = objectUrl(target, 'manifests', reference);
		const { authorization } = admission;
		return new Journey(scene, { url, method, role: 'registry', awayRole: 'redirect', headers, authorization });
	}

	/**
	 * Answers a challenge that came only now. A host that the request was sent on to gets an anonymous token of its
	 * own, as from containerd; the registry itself, asked again by GET, gets what it would have got at first.
	 */
	async #admitted(answer: Answer): Promise<Answer> {
		const { scene, time } = this.#input;
		const { place, away } = this.#journey;
		const login = away ? undefined : scene.logins.registry;
		const challenge = readChallenge(answer.lines('www-authenticate'));
		if (challenge?.scheme === 'basic' && !login) return answer;
		if (challenge === undefined || challenge.scheme === 'unsupported') {
			const why = challenge?.why ?? 'status 401 without a challenge';
			throw new ProbeFailure('auth_challenge_unsupported', why, factsOf(answer), { place });
		}
		this.#challenged = true;
		const authorization = await this.#authorization(challenge, login);
		if (!away) this.#presented = login ? 'login' : 'token';
		return await this.#journey.repeat(time, { authorization });
	}

	async #authorization(challenge: BearerChallenge | BasicChallenge, login: Login | undefined): Promise<string> {
		const { scene, time } = this.#input;
		if (challenge.scheme === 'basic') return login ? basicAuthorization(login) : '';
		const realm = endpointOf(new URL(challenge.realm));
		const place = { role: 'token', peer: realm ? hostOf(realm) : '' } as const;
		return await time.exclude(() =>
			scene.at.stage(place, token, { scene, challenge, login, blame: this.#journey.place }),
		);
	}

	#learn(answer: Answer): void {
		const { scene } = this.#input;
		const { target } = scene.at;
		const ratelimit = readRateLimit((name) => answer.header(name));
		const { limit, remaining } = ratelimit;
		if (limit !== undefined && remaining !== undefined && limit > 0) {
			scene.at.asks.quotaLeft = remaining / limit;
			this.#belowFloor = remaining / limit < target.floor;
		}
		const { redirects, downgraded } = this.#journey;
		this.#facts = {
			...factsOf(answer),
			...headFacts(answer, ratelimit),
			...(target.bare && { asked: `${target.image.repository}:${referenceOf(target)}`, answered: answer.status }),
			...(redirects.length > 0 && { redirects }),
			...(downgraded && { downgraded }),
		};
	}

	async #refused(answer: Answer): Promise<void> {
		const { scene, first, time } = this.#input;
		const { target } = scene.at;
		const { place, away } = this.#journey;
		const readable = target.manifestGet && [400, 403, 404].includes(answer.status);
		const told = readable ? await this.#journey.repeat(time, { method: 'GET' }) : answer;
		const text = await errorTextOf(told, time);
		const error = readErrorBody(text);
		noteWait(scene.at, told, text);
		const usable = this.#challenged || (!away && first.shown);
		const shown = usable || isRegistry(answer) || isRegistry(told);
		const presented = this.#presented;
		const judged = told.status === answer.status ? told : answer;
		const failure = statusFailure({ answer: judged, place, presented, shown, due: 'manifest', error, text });
		// Without a challenge a 403 may be a firewall's, and a 401 cannot be answered.
		const proved = usable || (answer.status === 404 && (shown || error.codes.length > 0));
		if (target.bare && proved && [401, 403, 404].includes(answer.status)) {
			this.settled = true;
			return;
		}
		if (failure) throw failure;
	}
}

const isRedirect = (status: number) => status >= 300 && status < 400;
