import { readRateLimit, shareLeft } from '../../registry/ratelimit.ts';
import type { Deadline } from '../deadline.ts';
import type { Answer } from '../http/answer.ts';
import { isRedirect, type Journey } from '../http/journey.ts';
import {
	errorOf,
	errorTextOf,
	factsOf,
	isRegistry,
	noteWait,
	type Presented,
	statusFailure,
	tellable,
} from '../judge.ts';
import type { Facts } from '../observation.ts';
import { referenceOf } from '../request.ts';
import type { Scene } from '../scene.ts';
import { ProbeFailure } from '../stage.ts';
import type { First } from '../stages/challenge.ts';
import { type Learned, readContent } from './content.ts';
import { refuseCounting, Restraint, WouldCount } from './counting.ts';
import { errorAnswer } from './errorAnswer.ts';
import { isHeadOnly, judgedByGet, manifestJourney, repeatsByGet } from './getting.ts';
import { acceptHead, headFacts } from './head.ts';
import { answerChallenge } from './lateChallenge.ts';

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
	/** What later requests present too. */
	admission: Admission;
	/** The answer that counts was the first one: the stage sent nothing of its own. */
	readonly #untimed: boolean;
	#facts: Facts = {};
	#reference: string;
	readonly #restraint: Restraint;
	/** The host where the request is gave a usable challenge only then. */
	#challenged = false;
	/** The answer that counts is one to a GET. */
	#read = false;
	/** A bare host has shown itself a registry: there is nothing more to ask. */
	settled = false;
	/** Only a GET could tell, and none may be sent for now. */
	omitted = false;

	constructor(input: ManifestInput) {
		this.#input = input;
		const { scene, first, admission } = input;
		const sent = first.challenge !== undefined || !first.manifest;
		const reference = referenceOf(scene.at.target);
		this.admission = admission;
		this.#restraint = new Restraint(scene.at.target, input.hold);
		this.#restraint.learn(first.journey.place, first.answer);
		this.#journey = sent ? manifestJourney(scene, reference, admission, { method: 'HEAD' }) : first.journey;
		this.#untimed = !sent && !isRedirect(first.answer.status);
		this.#reference = reference;
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
		this.#learn(answer);
		if (this.#restraint.mayRead && repeatsByGet(target, answer.status)) {
			answer = await this.#journey.repeat(time, { method: 'GET' });
			this.#read = true;
			if (this.#unanswered(answer)) answer = await this.#admitted(answer);
			this.#learn(answer);
		}
		noteWait(scene.at, answer);
		this.omitted = isHeadOnly(target, answer.status) && target.manifestGet && this.#restraint.low;
		if (this.omitted) return this.#facts;
		if (answer.status !== 200) await this.#refused(answer);
		else if (this.#restraint.mayRead && judgedByGet(target)) return this.#facts;
		else this.#reference = target.image.digest ?? acceptHead(answer, tellable(scene.at, answer)) ?? this.#reference;
		return this.#facts;
	}

	/** A challenge that nothing was presented for yet, where the runtime would answer it: CRI-O answers the first only. */
	#unanswered({ status }: Answer): boolean {
		if (this.#input.scene.at.target.client === 'cri-o') return false;
		if (status !== 401 || this.#challenged) return false;
		return this.#journey.away || (this.admission.presented === 'nothing' && !this.#input.first.shown);
	}

	/** What only the content tells; nothing where a GET is not allowed, or the quota is low. */
	async content(facts: Facts): Promise<Learned> {
		const { scene, time } = this.#input;
		const { target } = scene.at;
		const pinned = target.blob?.digest;
		const layer = pinned === undefined ? {} : { layer: { digest: pinned, size: 0, mediaType: '' } };
		if (this.#restraint.low) return {};
		if (!this.#restraint.mayRead || target.bare) return layer;
		this.#facts = facts;
		const { elsewhere } = this.#journey;
		const heedsHeader = !judgedByGet(target);
		const ask = (reference: string) => {
			// CRI-O does not ask again for what a GET has brought.
			if (this.#read && !heedsHeader && reference === this.#reference) return this.#journey;
			const how = { method: 'GET', elsewhere, onRedirect: refuseCounting } as const;
			return manifestJourney(scene, reference, this.admission, how);
		};
		const learn = target.blob !== undefined && pinned === undefined;
		try {
			const learned = await readContent(
				{ scene, time, presented: this.admission.presented, heedsHeader, ask },
				this.#reference,
				learn,
			);
			return { ...learned, ...layer };
		} catch (error) {
			if (error instanceof WouldCount) return layer;
			throw error;
		}
	}

	/** Answers a challenge that came only now, and asks again; the answer as it was where nothing can be presented. */
	async #admitted(answer: Answer): Promise<Answer> {
		const { scene, time } = this.#input;
		const { away } = this.#journey;
		const granted = await answerChallenge({ scene, time, journey: this.#journey, answer });
		if (!granted) return answer;
		this.#challenged = true;
		if (!away) this.admission = granted;
		return await this.#journey.repeat(time, { authorization: granted.authorization });
	}

	#learn(answer: Answer): void {
		const { scene } = this.#input;
		const { target } = scene.at;
		const header = tellable(scene.at, answer);
		const ratelimit = readRateLimit(header);
		this.#restraint.learn(this.#journey.place, answer);
		const left = shareLeft(ratelimit);
		if (left !== undefined) scene.at.asks.quotaLeft = left;
		const { redirects, downgraded } = this.#journey;
		this.#facts = {
			...factsOf(answer),
			...headFacts({ status: answer.status, header }, ratelimit),
			...(target.bare && { asked: `${target.repository}:${referenceOf(target)}`, answered: answer.status }),
			...(redirects.length > 0 && { redirects }),
			...(downgraded && { downgraded }),
		};
	}

	async #refused(answer: Answer): Promise<void> {
		const { scene, first, time } = this.#input;
		const { target } = scene.at;
		const { place, away } = this.#journey;
		const readable = this.#restraint.mayRead && [400, 403, 404].includes(answer.status);
		const told = readable && !this.#read ? await errorAnswer(this.#journey, answer, time) : answer;
		const text = await errorTextOf(told, time);
		const error = errorOf(scene.at, text);
		noteWait(scene.at, told, text);
		const usable = this.#challenged || (!away && first.shown);
		const shown = usable || isRegistry(answer) || isRegistry(told);
		const presented = this.#journey.shown(this.admission.presented);
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
