import { json, type Reply } from '../fakes/reply.ts';
import type { ReceivedRequest } from '../fakes/http.ts';
import { type Reached, startServer } from './apiServer.ts';

/** As much of an Event as tests look at. */
export interface StoredEvent {
	readonly metadata: { readonly name: string };
	readonly note: string;
	readonly series?: { readonly count: number };
}

/** A part of an API server that keeps Events as the real one does: made once, known by name, changed by merge patches. */
export interface EventsApi extends Reached {
	readonly events: Map<string, StoredEvent>;
	/** Answers in its place while it gives something. */
	fault: (request: ReceivedRequest) => Reply | undefined;
}

export async function startEventsApi(): Promise<EventsApi> {
	const events = new Map<string, StoredEvent>();
	const respond = (request: ReceivedRequest): Reply => {
		const fault = api.fault(request);
		if (fault) return fault;
		const { method, path, body } = request;
		const sent = JSON.parse(body) as StoredEvent;
		if (method === 'POST') {
			const key = `${path}/${sent.metadata.name}`;
			if (events.has(key)) return json(409, { message: 'already exists' });
			events.set(key, sent);
			return json(201, sent);
		}
		const before = events.get(path);
		if (!before) return json(404, { message: 'not found' });
		events.set(path, { ...before, ...sent });
		return json(200, events.get(path));
	};
	const api: EventsApi = { ...(await startServer((request) => respond(request))), events, fault: () => undefined };
	return api;
}
