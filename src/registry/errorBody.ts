import { isRecord, parseJson } from './json.ts';
import { printable } from './redact.ts';
import { redactText } from './redactText.ts';

/** What the body of an error answer says, safe to show. */
export interface ErrorBody {
	/** In upper case, at most ten: `NAME_UNKNOWN`, `DENIED`, `TOOMANYREQUESTS`. */
	readonly codes: readonly string[];
	/** The first message, as one bounded line. */
	readonly message?: string;
}

const maximumCodes = 10;
const maximumMessage = 300;
const mostRead = 4096;

/**
 * Reads the error of a registry (https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes) or
 * of a token service, which has forms of its own: `message`, `details`, `error_description`. Whatever is no such body
 * gives no codes and no message. `conceal` takes out of a text what must not be told, before anything of it is cut or rewritten.
 */
export function readErrorBody(text: string, conceal: (text: string) => string = (said) => said): ErrorBody {
	const body = parseJson(text);
	if (!isRecord(body)) return { codes: [] };
	const errors = Array.isArray(body['errors']) ? body['errors'].filter(isRecord).slice(0, maximumCodes) : [];
	const codes = [...errors.map((error) => error['code']), body['code'], body['error']].flatMap(codeOf);
	const said = [
		...errors.map((error) => error['message']),
		body['message'],
		body['error_description'],
		body['details'],
	];
	const message = said.map((value) => messageOf(value, conceal)).find((it) => it !== '');
	return { codes: [...new Set(codes)].slice(0, maximumCodes), ...(message && { message }) };
}

/** Whether an answer is a page for people: by its `Content-Type`, or by how its body begins, whatever the type says. */
export function looksLikeHtml(contentType: string | undefined, bodyStart: string): boolean {
	if (/^\s*(?:text\/html|application\/xhtml\+xml)\b/i.test(contentType ?? '')) return true;
	const start = bodyStart.slice(0, 1024).replace(/^\uFEFF?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^]*?-->\s*)*/, '');
	return /^<(?:!doctype\s+html|html|head|body|title|meta|script|center|h1)\b/i.test(start);
}

function codeOf(value: unknown): string[] {
	return typeof value === 'string' && /^[\w.-]{1,64}$/.test(value) ? [value.toUpperCase()] : [];
}

function messageOf(value: unknown, conceal: (text: string) => string): string {
	if (typeof value !== 'string') return '';
	const bounded = value.length > mostRead ? `${value.slice(0, mostRead)}…` : value;
	return printable(redactText(conceal(bounded)).trim(), maximumMessage);
}
