import type { IncomingMessage } from 'node:http';

import { parseJson } from '../../registry/json.ts';
import { ApiFailure, refusal } from '../apiFailure.ts';
import { asItIs } from '../concealing.ts';

/**
 * The body of an answer as JSON. Throws `ApiFailure` for every status but 200, with what is said of it through `conceal`, and
 * for more than `most` characters.
 */
export async function valueOf(answer: IncomingMessage, most: number, conceal = asItIs): Promise<unknown> {
	const pieces: string[] = [];
	let length = 0;
	answer.setEncoding('utf8');
	for await (const piece of answer) {
		pieces.push(String(piece));
		length += String(piece).length;
		if (length > most) throw new ApiFailure(`the answer has more than ${most} characters`);
	}
	const value = parseJson(pieces.join(''));
	const { statusCode = 0, headers } = answer;
	if (statusCode !== 200) throw refusal(statusCode, value, { retryAfter: headers['retry-after'], conceal });
	if (value === undefined) throw new ApiFailure('the answer is not JSON');
	return value;
}
