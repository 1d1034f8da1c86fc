import type { Override } from '../../fakes/http.ts';
import { type ErrorCode, registryError } from '../../fakes/registryError.ts';

/** The same error for every request. */
export const always = (status: number, code: ErrorCode): Override => {
	return () => registryError(status, code);
};

/** An error for every blob. */
export const blobs = (status: number, code: ErrorCode): Override => {
	return ({ path }) => (path.includes('/blobs/') ? registryError(status, code) : undefined);
};

/** Sends every request to the same path of another host. */
export const elsewhere = (name: string): Override => {
	return ({ target }) => ({ status: 307, headers: { location: `https://${name}${target}` } });
};
