import { endpointOf } from '../../registry/endpoint.ts';
import { ProbeFailure } from '../stage.ts';
import type { Answer } from './answer.ts';

/**
 * Where a redirect leads, seen from `base`, without the login or the fragment that its Location may hold. Throws
 * `ProbeFailure` `redirect_refused`.
 */
export function destinationOf(answer: Pick<Answer, 'header' | 'status'>, base: string): URL {
	const { status } = answer;
	const location = answer.header('location');
	const refuse = (why: string) => new ProbeFailure('redirect_refused', why, { status });
	if (!location) throw refuse(`status ${status} without a Location`);
	const next = URL.parse(escapeBytes(location), base);
	if (!next) throw refuse('the Location is not a URL');
	if (!endpointOf(next)) throw refuse('the Location is neither http nor https');
	next.username = '';
	next.password = '';
	next.hash = '';
	return next;
}

/** undici gives each byte of a header as one character; those of an international name or path stay what they are. */
function escapeBytes(location: string): string {
	return location.replace(/[\u0080-\u00ff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`);
}
