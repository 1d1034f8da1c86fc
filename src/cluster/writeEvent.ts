import { isRecord } from '../registry/json.ts';
import { ApiFailure } from './apiFailure.ts';
import { askJson } from './ask.ts';
import { type EventPlace, type EventWish, eventOf, placeOf, seriesOf } from './event.ts';
import type { Writing } from './writing.ts';

const mostOfEvent = 64 * 1024;

/**
 * Writes that a wish holds now, for the `count`th time, 1 being the first. Where the API has the Event already it counts
 * on, where it has forgotten it the Event is made anew. Gives the count that the Event has now. Throws `ApiFailure`.
 */
export async function writeEvent(writing: Writing, wish: EventWish, count: number): Promise<number> {
	const place = placeOf(wish);
	if (count > 1) {
		const patched = await unless(404, () => patch(writing, place, seriesOf(count, Date.now())));
		if (patched !== undefined) return count;
	}
	const created = await unless(409, () => create(writing, wish, place));
	if (created !== undefined) return 1;
	// Of an agent before this one. A patch that changes nothing is answered with what is there, without the right to read.
	const next = countOf(await patch(writing, place, {})) + 1;
	await patch(writing, place, seriesOf(next, Date.now()));
	return Math.max(2, next);
}

async function create({ access, node, signal }: Writing, wish: EventWish, place: EventPlace): Promise<unknown> {
	const body = JSON.stringify(eventOf(wish, node, Date.now()));
	const sent = { method: 'POST', type: 'application/json', body } as const;
	return await askJson(access, place.collection, signal, mostOfEvent, sent);
}

async function patch({ access, signal }: Writing, { path }: EventPlace, change: object): Promise<unknown> {
	const sent = { method: 'PATCH', type: 'application/merge-patch+json', body: JSON.stringify(change) } as const;
	return await askJson(access, path, signal, mostOfEvent, sent);
}

/** What is answered; undefined where the API refuses with this status. */
async function unless(status: number, ask: () => Promise<unknown>): Promise<unknown> {
	try {
		return await ask();
	} catch (error) {
		if (error instanceof ApiFailure && error.status === status) return undefined;
		throw error;
	}
}

function countOf(event: unknown): number {
	const series = isRecord(event) ? event['series'] : undefined;
	const count = isRecord(series) ? series['count'] : undefined;
	return typeof count === 'number' && Number.isSafeInteger(count) && count > 0 ? count : 1;
}
