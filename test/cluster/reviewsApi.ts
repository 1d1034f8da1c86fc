import { json, type Reply } from '../fakes/reply.ts';
import type { Override } from '../fakes/http.ts';
import { type Reached, startServer } from './apiServer.ts';

/** A part of an API server that knows people by their tokens, and what they may read. */
export interface ReviewsApi extends Reached {
	/** User names by token. */
	readonly users: Map<string, string>;
	/** Paths that somebody may get, each with the name before it: `ann /registry-probe/`. */
	readonly rights: Set<string>;
	/** Audiences that it says a token is for. */
	audiences: readonly string[];
	/** Answers in its place while it gives something. */
	fault: Override;
}

interface Review {
	readonly spec: {
		readonly token: string;
		readonly user: string;
		readonly nonResourceAttributes: { readonly path: string; readonly verb: string };
	};
}

export async function startReviewsApi(): Promise<ReviewsApi> {
	const users = new Map<string, string>();
	const rights = new Set<string>();
	const reached = await startServer(async (request): Promise<Reply> => {
		const fault = await api.fault(request);
		if (fault) return fault;
		const { spec } = JSON.parse(request.body) as Review;
		if (request.path === '/apis/authentication.k8s.io/v1/tokenreviews') {
			const username = users.get(spec.token);
			if (username === undefined) return json(201, { status: { authenticated: false, error: 'no such token' } });
			const user = { username, uid: '1', groups: ['system:authenticated'], extra: { a: ['b'] } };
			return json(201, { status: { authenticated: true, audiences: api.audiences, user } });
		}
		const { path, verb } = spec.nonResourceAttributes;
		return json(201, { status: { allowed: verb === 'get' && rights.has(`${spec.user} ${path}`) } });
	});
	const api: ReviewsApi = { ...reached, users, rights, audiences: ['registry-probe'], fault: () => undefined };
	return api;
}
