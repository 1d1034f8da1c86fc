import { type Endpoint, endpointOf, hostOf, sameEndpoint } from '../../registry/endpoint.ts';
import type { Reason } from '../../reasons/reason.ts';
import type { Target } from '../../plan/target.ts';
import { printableUrl } from '../../registry/redact.ts';
import type { Place } from '../attempt.ts';
import type { Deadline } from '../deadline.ts';
import { Refused } from '../guard.ts';
import type { Presented } from '../judge.ts';
import type { Role } from '../observation.ts';
import { plainHeaders } from '../request.ts';
import type { Scene } from '../scene.ts';
import { ProbeFailure } from '../stage.ts';
import type { Answer } from './answer.ts';
import type { Connection, Request } from './connection.ts';
import { destinationOf } from './location.ts';
import { refuseAsProxy } from './proxyAnswer.ts';

/** Go's client follows as many. */
const maximumRedirects = 10;
const followed = new Set([301, 302, 303, 307, 308]);

/** Whether an answer sends the request on to where its Location says (RFC 9110, 15.4). */
export function isRedirect(status: number): boolean {
	return followed.has(status);
}
const stale: ReadonlySet<Reason> = new Set(['http_closed', 'connection_reset', 'http_protocol_error']);

export interface Errand {
	readonly url: URL;
	readonly method: Request['method'];
	/** Role of the host that is asked first. */
	readonly role: Role;
	/** Role of every other host that the request is sent on to. */
	readonly awayRole: Role;
	readonly headers: Readonly<Record<string, string>>;
	/** Sent to the first host only. */
	readonly authorization?: string | undefined;
	/** Sent to other hosts: the tokens that they themselves asked for, by origin. */
	readonly elsewhere?: ReadonlyMap<string, string>;
	/** Looks at each redirect before it is followed; what it throws ends the journey. */
	readonly onRedirect?: (next: URL) => void;
}

/**
 * One request on its way through redirects. Each host is reached under its own role; authorization never leaves the
 * first host, and a login inside a Location is dropped.
 */
export class Journey {
	readonly #scene: Scene;
	readonly #errand: Errand;
	readonly #home: Endpoint;
	#method: Request['method'];
	#authorization: string | undefined;
	readonly #elsewhere: Map<string, string>;
	#url: URL;
	#answer: Answer | undefined;
	/** Hosts that the request was sent on to, printable. */
	readonly redirects: string[] = [];
	/** It was sent on from https to http. */
	downgraded = false;

	constructor(scene: Scene, errand: Errand) {
		this.#scene = scene;
		this.#errand = errand;
		this.#home = endpointAt(errand.url);
		this.#url = errand.url;
		this.#method = errand.method;
		this.#authorization = errand.authorization;
		this.#elsewhere = new Map(errand.elsewhere);
	}

	/** What other hosts got to see, for the next request of the same kind. */
	get elsewhere(): ReadonlyMap<string, string> {
		return this.#elsewhere;
	}

	/** Where the request is now. */
	get place(): Place {
		const endpoint = endpointAt(this.#url);
		return { role: this.away ? this.#errand.awayRole : this.#errand.role, peer: hostOf(endpoint) };
	}

	/** Whether the request was sent on to another host. */
	get away(): boolean {
		return !sameEndpoint(endpointAt(this.#url), this.#home);
	}

	/** What was shown to the host where the request is now, given what was shown to the first one. */
	shown(home: Presented): Presented {
		if (!this.away) return home;
		return this.#elsewhere.has(this.#url.origin) ? 'token' : 'nothing';
	}

	/** Sends the request to the first host; a redirect is not followed. Throws as `go` does. */
	async begin(time: Deadline): Promise<Answer> {
		this.#answer = await this.#ask(time);
		return this.#answer;
	}

	/** Sends the request, where that is not done yet, and follows redirects. Throws `ProbeFailure` (`http_*`, `redirect_*`) with its place. */
	async go(time: Deadline): Promise<Answer> {
		this.#answer ??= await this.#ask(time);
		while (isRedirect(this.#answer.status)) {
			this.#follow(this.#answer);
			this.#answer = await this.#ask(time);
		}
		return this.#answer;
	}

	/** Asks the host where the request is now once more; `authorization` is meant for that host. */
	async repeat(
		time: Deadline,
		change: { readonly method?: Request['method']; readonly authorization?: string },
	): Promise<Answer> {
		this.#method = change.method ?? this.#method;
		if (change.authorization !== undefined && this.away) this.#elsewhere.set(this.#url.origin, change.authorization);
		else this.#authorization = change.authorization ?? this.#authorization;
		this.#answer = await this.#ask(time);
		return this.#answer;
	}

	#follow(answer: Answer): void {
		const next = this.#destination(answer);
		if (this.redirects.length >= maximumRedirects) {
			throw new ProbeFailure('redirect_loop', `stopped after ${maximumRedirects} redirects`, {}, { place: this.place });
		}
		this.#errand.onRedirect?.(next);
		this.downgraded ||= this.#url.protocol === 'https:' && next.protocol === 'http:';
		this.#sender = this.place;
		const { secrets } = this.#scene.at;
		// Before, too: of a secret in a query the rest would no longer be known for one.
		this.redirects.push(secrets.conceal(printableUrl(secrets.conceal(next.href))));
		this.#url = next;
	}

	#destination(answer: Answer): URL {
		try {
			return destinationOf(answer, this.#url.href);
		} catch (error) {
			throw located(error, this.place);
		}
	}

	/** Who sent the request to where it is now: the one to blame for a host that may not be followed to. */
	#sender: Place | undefined;

	async #ask(time: Deadline): Promise<Answer> {
		const { place } = this;
		const authorization = this.away ? this.#elsewhere.get(this.#url.origin) : this.#authorization;
		const headers = {
			...(this.away ? withoutOwn(this.#errand.headers, this.#scene.at.target) : this.#errand.headers),
			...(authorization !== undefined && { authorization }),
		};
		const request = { method: this.#method, path: `${this.#url.pathname}${this.#url.search}`, headers };
		const connection = await this.#open(place, time);
		const { fresh } = connection;
		try {
			return await this.#send(connection, request, place, time);
		} catch (error) {
			if (fresh || !(error instanceof ProbeFailure) || !stale.has(error.reason)) throw located(error, place);
			// The peer closed a connection that had served before, or sent more on it than was asked for: Go asks again on a new one.
			const again = await this.#open(place, time);
			return await this.#send(again, request, place, time).catch((second: unknown) =>
				Promise.reject(located(second, place)),
			);
		}
	}

	async #open(place: Place, time: Deadline): Promise<Connection> {
		try {
			return await time.exclude(() => this.#scene.connection(place, endpointAt(this.#url)));
		} catch (error) {
			if (!(error instanceof Refused) || !this.#sender) throw error;
			throw new ProbeFailure('redirect_refused', error.message, {}, { place: this.#sender });
		}
	}

	async #send(connection: Connection, request: Request, { role }: Place, time: Deadline): Promise<Answer> {
		const { at } = this.#scene;
		at.sent(role, request.method);
		try {
			const answer = await connection.send(request, time, at.signal);
			if (connection.absolute) refuseAsProxy(answer);
			return answer;
		} catch (error) {
			await connection.close();
			throw error;
		}
	}
}

function located(error: unknown, place: Place): unknown {
	return error instanceof ProbeFailure ? error.at(place) : error;
}

/** Headers that the node's configuration adds belong to the registry, also where they stand in the place of ours. */
function withoutOwn(headers: Readonly<Record<string, string>>, target: Target): Record<string, string> {
	const common = new Set(['accept', 'accept-encoding', 'range', 'user-agent']);
	const own = new Set(Object.keys(target.headers).map((name) => name.toLowerCase()));
	const ours = Object.entries(headers).filter(([name]) => common.has(name) && !own.has(name));
	return { ...plainHeaders, ...Object.fromEntries(ours) };
}

function endpointAt(url: URL): Endpoint {
	const endpoint = endpointOf(url);
	if (!endpoint) throw new TypeError(`not http: ${url.protocol}`);
	return endpoint;
}
