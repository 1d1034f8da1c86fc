import type { ReceivedRequest } from './http.ts';
import type { Answer } from './reply.ts';

/** Answers with all bytes or, where the client asks for a range from the first form of RFC 9110 §14.1.2, with that range. */
export function answerBytes({ headers }: ReceivedRequest, body: Buffer, extra: Answer['headers'] = {}): Answer {
	const common = { 'accept-ranges': 'bytes', 'content-type': 'application/octet-stream', ...extra };
	const range = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '');
	if (!range) return { status: 200, headers: common, body };
	const first = Number(range[1]);
	const last = Math.min(range[2] === '' ? Infinity : Number(range[2]), body.length - 1);
	if (first > last) return { status: 416, headers: { ...common, 'content-range': `bytes */${body.length}` } };
	const contentRange = `bytes ${first}-${last}/${body.length}`;
	return { status: 206, headers: { ...common, 'content-range': contentRange }, body: body.subarray(first, last + 1) };
}
