import type { Override, ReceivedRequest } from '../fakes/http.ts';

/** A request that a server got: `HEAD`, `mirror.test`, `/v2/team/app/manifests/1?ns=registry.test`. */
export interface Asked {
	readonly method: string;
	/** The host as the client named it, with its port where it named one. */
	readonly host: string;
	/** As it stood in the request line. */
	readonly target: string;
}

/** What all servers of a world were asked, in order. */
export class Journal {
	#asked: Asked[] = [];

	/** Writes down what a server is asked before `respond` says what becomes of it. */
	record(respond?: Override): Override {
		return async (request: ReceivedRequest) => {
			const { method, host, target } = request;
			this.#asked.push({ method, host, target });
			return await respond?.(request);
		};
	}

	/** What was asked since the last time. */
	take(): readonly Asked[] {
		const taken = this.#asked;
		this.#asked = [];
		return taken;
	}
}
