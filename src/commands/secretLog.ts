import type { ApiFailure } from '../cluster/apiFailure.ts';
import type { PullSecretState } from '../store/agentState.ts';
import type { Log } from './log.ts';

/** Tells what changed about pull secrets, never what is in them. */
export interface SecretLog {
	readonly states: (states: readonly PullSecretState[]) => void;
	/** A Secret cannot be read. */
	readonly unreadable: (namespace: string, name: string, failure: ApiFailure) => void;
	/** A test could not be made. */
	readonly untestable: (error: unknown) => void;
	/** How many Secrets pods name, where that is more than are looked at. */
	readonly tooMany: (secrets: number | undefined) => void;
}

/** Secrets whose reading failed that are remembered, so that each is told once. */
const mostRemembered = 1000;

/** A log of pull secrets that has told nothing yet. */
export function tellSecrets(log: Log): SecretLog {
	let known = new Map<string, string>();
	const failed = new Map<string, string>();
	let many = false;
	let fault: string | undefined;
	return {
		states(states) {
			const now = new Map<string, string>();
			for (const { registry, namespace, secret, success, reason = '' } of states) {
				const key = `${namespace}/${secret} ${registry}`;
				const before = known.get(key);
				const told = success === undefined ? before : success ? 'works' : reason;
				if (told !== undefined) now.set(key, told);
				if (told === before) continue;
				const about = { registry, namespace, secret };
				if (told !== 'works') log.warn('a pull secret does not work', { ...about, reason: told });
				else if (before !== undefined) log.info('a pull secret works again', about);
			}
			known = now;
		},
		unreadable(namespace, secret, { message, status }) {
			const key = `${namespace}/${secret}`;
			if (failed.get(key) === message) return;
			failed.delete(key);
			failed.set(key, message);
			for (const oldest of failed.keys()) if (failed.size > mostRemembered) failed.delete(oldest);
			// That the API server as a whole cannot be asked is told elsewhere.
			const tell = status === 403 ? log.warn : log.debug;
			tell('a pull secret cannot be read', { namespace, secret, detail: message });
		},
		untestable(error) {
			const now = String(error);
			if (now !== fault) log.error('a pull secret cannot be tested', { error: now });
			fault = now;
		},
		tooMany(secrets) {
			if (secrets !== undefined && !many) log.warn('more pull secrets are not looked at', { secrets });
			many = secrets !== undefined;
		},
	};
}
