import type { Deadline } from '../deadline.ts';
import type { Answer } from '../http/answer.ts';
import type { Journey } from '../http/journey.ts';
import { ProbeFailure } from '../stage.ts';

/**
 * The answer to a GET of what a HEAD was refused, for the words in its body. Where that GET gets no answer the refusal
 * itself stands: it is what a pull would meet.
 */
export async function errorAnswer(journey: Journey, refusal: Answer, time: Deadline): Promise<Answer> {
	try {
		return await journey.repeat(time, { method: 'GET' });
	} catch (error) {
		if (error instanceof ProbeFailure) return refusal;
		throw error;
	}
}
