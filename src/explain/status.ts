import { looksLikeHtml } from '../registry/errorBody.ts';
import { askedFor, asksForToken } from './request.ts';
import type { Operation, Passages, Scene } from './scene.ts';
import type { Told } from './told.ts';
import type { AnyReason } from '../reasons/reason.ts';
import { unquote } from './message.ts';

const asked = (reason: AnyReason): Told => ({ reason, stage: 'asked' });
const open = (...reasons: readonly AnyReason[]): Told => ({ reason: null, open: reasons, stage: 'asked' });

/**
 * Reads the status of an HTTP answer by the rules that a probe judges by. Of the body a runtime prints little, and
 * never what was presented with the request; so 401 stays open where nothing else tells.
 */
export function readStatus(error: Passages): Told | undefined {
	const { status } = error.scene;
	if (status === undefined) return undefined;
	switch (status) {
		case 400:
			// CRI-O cuts the page short within the last word.
			return bodyOf(error).some((text) => /No required SSL cert/i.test(text))
				? { reason: 'tls_client_certificate_required', stage: 'manifest' }
				: asked('http_unexpected_status');
		case 401:
			return unauthorized(error);
		case 403:
			return asked(error.scene.login === 'sent' ? 'auth_denied' : 'http_forbidden');
		case 404:
			return missing(error);
		case 407:
			return { reason: 'proxy_auth_required', stage: 'proxy' };
		case 429:
			return asked('rate_limited');
		case 511:
			return asked('http_intercepted');
		default:
			return asked(byClass(status));
	}
}

/** What was being asked for, as far as the error tells. */
export function operationOf({ scene, kinds }: Passages): Operation | undefined {
	const { request, operation } = scene;
	if (operation === 'token' || (request && (kinds.has('authorize') || asksForToken(request)))) return 'token';
	return (request && askedFor(request)) ?? operation;
}

function byClass(status: number): AnyReason {
	if (status >= 500) return 'http_server_error';
	return [301, 302, 303, 307, 308].includes(status) ? 'redirect_refused' : 'http_unexpected_status';
}

function unauthorized(error: Passages): Told {
	const { login }: Scene = error.scene;
	if (login === 'anonymous') return asked('auth_required');
	if (login === 'sent') return asked('auth_rejected');
	if (operationOf(error) === 'token') return open('auth_required', 'auth_rejected');
	return open('auth_required', 'auth_rejected', 'auth_challenge_unsupported');
}

function missing(error: Passages): Told {
	const operation = operationOf(error);
	if (operation === 'token') return asked('http_unexpected_status');
	if (operation === 'blob') return asked('blob_not_found');
	if (bodyOf(error).some(isPage)) return asked('http_intercepted');
	if (operation === 'manifest') return asked('manifest_not_found');
	// Without /v2/ it is no registry, whoever it is.
	return open('http_intercepted', 'http_unexpected_status');
}

function isPage(text: string): boolean {
	return looksLikeHtml(undefined, text) || text.startsWith("invalid character '<'");
}

/** What the error repeats of the answer's body: behind the status, and in quotes beside it. */
function bodyOf({ passages }: Passages): readonly string[] {
	return passages.flatMap(({ text, inside }) => {
		if (!inside.has('announced') && !inside.has('body')) return [];
		const quoted = text.indexOf('"');
		return quoted < 0 ? [text] : [text, unquote(text.slice(quoted + 1))];
	});
}
