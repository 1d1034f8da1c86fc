import { isDockerHub } from '../registry/hosts.ts';
import { type ErrorBody, readErrorBody } from '../registry/errorBody.ts';
import { readChallenge } from '../registry/challenge.ts';
import { type HeaderLookup, readRateLimit } from '../registry/ratelimit.ts';
import { retryAfterSeconds } from '../registry/retryAfter.ts';
import type { Attempt, Place } from './attempt.ts';
import type { Deadline } from './deadline.ts';
import { type Answer, clockSkewOf, mediaTypeOf } from './http/answer.ts';
import type { Facts } from './observation.ts';
import { ProbeFailure } from './stage.ts';

/** What was shown to the server with the request that it answered. */
export type Presented = 'nothing' | 'token' | 'login';

export interface Judging {
	readonly answer: Answer;
	readonly place: Place;
	readonly presented: Presented;
	/** The host has shown itself a registry: a usable challenge, or the registry's own header. */
	readonly shown: boolean;
	/** What was due. */
	readonly due: 'manifest' | 'token' | 'blob';
	readonly error: ErrorBody;
	/** The start of the error's text, for servers that do not answer in JSON. */
	readonly text: string;
}

const maximumErrorBytes = 64 * 1024;
/** An error's text is waited for no longer than this, in seconds. */
const errorPatience = 2;

/** The body of an error answer, bounded in bytes and time; empty for HEAD. */
export async function errorTextOf(answer: Answer, time: Deadline): Promise<string> {
	const { bytes } = await answer.body(maximumErrorBytes, Math.min(errorPatience, time.remaining()));
	return bytes.toString('utf8');
}

/** Headers as far as they may be told: one that says what the attempt has shown is as good as absent, and nothing is read from it. */
export function tellable({ secrets }: Pick<Attempt, 'secrets'>, answer: Answer): HeaderLookup {
	return (name) => {
		const value = answer.header(name);
		return value === undefined || secrets.isSaidIn(value) ? undefined : value;
	};
}

/** What the text of an error says, without what the attempt has shown. */
export function errorOf({ secrets }: Pick<Attempt, 'secrets'>, text: string): ErrorBody {
	return readErrorBody(text, (said) => secrets.conceal(said));
}

/** Whether the answer itself says that it comes from a registry. */
export function isRegistry(answer: Answer): boolean {
	return /registry\/2\.0/i.test(answer.header('docker-distribution-api-version') ?? '');
}

export function isHtml(answer: Answer): boolean {
	return mediaTypeOf(answer) === 'text/html' || mediaTypeOf(answer) === 'application/xhtml+xml';
}

/** Facts that every answer gives. */
export function factsOf(answer: Answer): Facts {
	return { status: answer.status, ...clockSkewOf(answer) };
}

/** Why this status is a failure, by the contract's rules; undefined for one that may be a success. */
export function statusFailure(judging: Judging): ProbeFailure | undefined {
	const { answer, place, due } = judging;
	const { status } = answer;
	if (status === 200 || (due === 'blob' && status === 206)) return undefined;
	const [reason, detail] = reasonOf(judging);
	const said = judging.error.message === undefined ? '' : `: ${judging.error.message}`;
	return new ProbeFailure(reason, `${detail}${said}`, factsOf(answer), { place });
}

type Told = readonly [ProbeFailure['reason'], string];

function reasonOf(judging: Judging): Told {
	const { status } = judging.answer;
	switch (status) {
		case 400: {
			const wants = /No required SSL certificate/i.test(judging.text);
			return wants ? ['tls_client_certificate_required', 'the server wants a client certificate'] : unexpected(status);
		}
		case 401:
			return unauthorized(judging);
		case 403: {
			const denied = judging.presented !== 'nothing' || judging.error.codes.includes('DENIED');
			return denied ? ['auth_denied', 'status 403'] : ['http_forbidden', 'status 403'];
		}
		case 404:
			return notFound(judging);
		case 429:
			return limited(judging);
		case 511:
			return ['http_intercepted', 'status 511: this network wants a login'];
		default:
			return status >= 500 ? ['http_server_error', `status ${status}`] : unexpected(status);
	}
}

/** Of a Bearer challenge (RFC 6750, 3.1). Others are a server's own words, which may be anything. */
const knownErrors: ReadonlySet<string> = new Set(['invalid_request', 'invalid_token', 'insufficient_scope']);

const unexpected = (status: number): Told => ['http_unexpected_status', `status ${status}`];

function unauthorized({ answer, presented, due }: Judging): Told {
	const challenge = readChallenge(answer.lines('www-authenticate'));
	const error = challenge?.scheme === 'bearer' ? challenge.error : undefined;
	const said = error !== undefined && knownErrors.has(error) ? `status 401 (${error})` : 'status 401';
	if (due !== 'token' && error === 'insufficient_scope') return ['auth_denied', said];
	return [presented === 'login' ? 'auth_rejected' : 'auth_required', said];
}

function notFound({ answer, shown, due, error }: Judging): Told {
	if (due === 'blob') return ['blob_not_found', 'status 404'];
	if (due === 'token') return unexpected(404);
	if (error.codes.includes('NAME_UNKNOWN')) return ['repository_not_found', 'status 404'];
	const foreign = isHtml(answer) && !shown && !isRegistry(answer) && error.codes.length === 0;
	return foreign
		? ['http_intercepted', 'status 404 with a page: this is not a registry']
		: ['manifest_not_found', 'status 404'];
}

/** The abuse guard is named only where the answer proves it. */
function limited({ answer, place, due, text }: Judging): Told {
	const limit = readRateLimit((name) => answer.header(name));
	const silent = limit.limit === undefined && limit.remaining === undefined;
	const hub = due === 'manifest' && isDockerHub(place.peer) && silent && !/increase-rate-limit/i.test(text);
	const named = /abuse/i.test(text);
	return hub || named ? ['rate_limited_abuse', 'status 429 of the abuse guard'] : ['rate_limited', 'status 429'];
}

/** What an answer asks of the schedule: to wait (Retry-After of 429 and 503). */
export function noteWait({ asks }: Attempt, answer: Answer, text = ''): void {
	if (answer.status !== 429 && answer.status !== 503) return;
	const wait = retryAfterSeconds(answer.header('retry-after'), answer.receivedAt, text);
	if (wait === undefined) return;
	asks.notBefore = Math.max(asks.notBefore ?? 0, answer.receivedAt + wait * 1000);
}
