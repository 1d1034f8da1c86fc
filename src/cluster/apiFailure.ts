import { isRecord } from '../registry/json.ts';
import { printable } from '../registry/redact.ts';
import { redactText } from '../registry/redactText.ts';
import { longestRetryAfter, retryAfterSeconds } from '../registry/retryAfter.ts';
import { asItIs } from './concealing.ts';

/** What is known of a failure beside its words. */
export interface FailureFacts {
	/** The HTTP status, or the code of a Status object; absent where there was no answer. */
	readonly status?: number;
	/** Seconds that the server asks to be left alone. */
	readonly retryAfter?: number;
}

/** What is known of a refusal beside its status and body. */
export interface RefusalContext {
	/** The header. */
	readonly retryAfter?: string | undefined;
	/** What the server says, without what it was shown. */
	readonly conceal?: (text: string) => string;
}

const longestMessage = 300;

/** The API server could not be asked, or refused. The message is fit for a log. */
export class ApiFailure extends Error {
	override readonly name = 'ApiFailure';
	readonly status: number | undefined;
	readonly retryAfter: number | undefined;

	constructor(message: string, { status, retryAfter }: FailureFacts = {}) {
		super(printable(redactText(message), longestMessage));
		this.status = status;
		this.retryAfter = retryAfter;
	}
}

/**
 * The failure that an answer other than 200 is. `body` is a Status object
 * (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/), or anything else. Never throws.
 */
export function refusal(
	status: number,
	body: unknown,
	{ retryAfter, conceal = asItIs }: RefusalContext = {},
): ApiFailure {
	const said = isRecord(body) && typeof body['message'] === 'string' ? conceal(body['message']) : '';
	const details = isRecord(body) && isRecord(body['details']) ? body['details']['retryAfterSeconds'] : undefined;
	const told = typeof details === 'number' && details > 0 ? Math.min(details, longestRetryAfter) : undefined;
	const wait = retryAfterSeconds(retryAfter, Date.now()) ?? told;
	return new ApiFailure(said === '' ? `status ${status}` : `status ${status}: ${said}`, {
		status,
		...(wait !== undefined && { retryAfter: wait }),
	});
}

/** Whatever was thrown while the API server was asked, as a failure; what others say in it goes through `conceal`. */
export function asFailure(error: unknown, conceal = asItIs): ApiFailure {
	if (error instanceof ApiFailure) return error;
	if (!(error instanceof Error)) return new ApiFailure(conceal(String(error)));
	if (error.name === 'AbortError') return new ApiFailure('the answer has not come to its end in time');
	// Node's word for a connection that ends before the answer does.
	if (error.message === 'aborted') return new ApiFailure('the connection broke off');
	const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
	return new ApiFailure(error.message === '' ? code || error.name : conceal(error.message));
}
