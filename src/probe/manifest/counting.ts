import type { Target } from '../../plan/target.ts';
import { isDockerHub } from '../../registry/hosts.ts';
import { readRateLimit, shareLeft } from '../../registry/ratelimit.ts';
import type { Place } from '../attempt.ts';
import type { Answer } from '../http/answer.ts';

/** A GET would count as a pull at Docker Hub: thrown before it is sent, never seen outside the manifest stage. */
export class WouldCount extends Error {
	override readonly name = 'WouldCount';
}

/** Looks at a redirect of a GET of a manifest before it is followed. Throws `WouldCount`. */
export function refuseCounting(next: URL): void {
	if (isDockerHub(next.hostname)) throw new WouldCount();
}

/** What keeps a GET of the manifest from being sent, as far as the answers have told. */
export class Restraint {
	readonly #target: Target;
	/** The quota is under its floor. */
	low: boolean;
	/** Every GET counts as a pull, whatever the quota. */
	#counts = false;

	/** `hold`: an earlier attempt has found the quota under its floor. */
	constructor(target: Target, hold: boolean) {
		this.#target = target;
		this.low = hold;
	}

	get mayRead(): boolean {
		return this.#target.manifestGet && !this.#counts && !this.low;
	}

	/** Takes in an answer. One with this header is Docker Hub's, by whatever name, redirect or mirror it was asked. */
	learn({ peer }: Place, answer: Answer): void {
		const left = shareLeft(readRateLimit((name) => answer.header(name)));
		this.low ||= left !== undefined && left < this.#target.floor;
		this.#counts ||= isDockerHub(peer) || answer.header('docker-ratelimit-source') !== undefined;
	}
}
