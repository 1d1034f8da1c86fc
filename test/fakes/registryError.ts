import { json } from './reply.ts';
import type { Answer } from './reply.ts';

/** The codes that registries put into their bodies, with the messages that distribution writes beside them. */
const messages = {
	BLOB_UNKNOWN: 'blob unknown to registry',
	DENIED: 'requested access to the resource is denied',
	MANIFEST_UNKNOWN: 'manifest unknown',
	NAME_UNKNOWN: 'repository name not known to registry',
	TOOMANYREQUESTS:
		'You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit',
	UNAUTHORIZED: 'authentication required',
	UNAVAILABLE: 'service unavailable',
	UNSUPPORTED: 'The operation is unsupported.',
} as const;

export type ErrorCode = keyof typeof messages;

/** An error as registries write it, https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes. */
export function registryError(
	status: number,
	code: ErrorCode,
	detail?: unknown,
	headers: Answer['headers'] = {},
): Answer {
	return json(status, { errors: [{ code, message: messages[code], detail: detail ?? null }] }, headers);
}
