import type { Answer } from '../cluster/authorizer.ts';
import type { Config } from '../config/config.ts';
import type { Content, Refusal } from '../server/routes.ts';
import { concealing } from './concealing.ts';
import type { Log } from './log.ts';
import { tellTrouble } from './tellTrouble.ts';

export interface AuthenticationParts {
	/** As `process.env` gives it: it tells whether this is a pod. */
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly log: Log;
	/** Ends what is being asked. */
	readonly signal: AbortSignal;
}

const unknown: Refusal = {
	status: 401,
	detail: 'Say who you are, with a bearer token made for the audience registry-probe.',
};
const unavailable: Refusal = {
	status: 503,
	detail: 'The Kubernetes API, which knows who may read this, cannot be asked; come again in a moment.',
};

const refusals: Readonly<Record<Exclude<Answer, 'allowed'>, Refusal>> = {
	unauthenticated: unknown,
	forbidden: { status: 403, detail: 'You may not read this: it takes the ClusterRole registry-probe-reader.' },
	unavailable,
	busy: { status: 503, detail: 'Too many tokens are being looked at; come again in a moment.' },
};

/**
 * Who may read the page and the documents from elsewhere, by the configuration; undefined: nobody. What asks the
 * Kubernetes API is loaded only where it is wanted.
 */
export async function openAuthentication(
	{ authentication, discovery: { serviceAccount } }: Pick<Config, 'authentication' | 'discovery'>,
	{ environment, log, signal }: AuthenticationParts,
): Promise<Content['authorize']> {
	if (authentication === 'none') return undefined;
	const [{ inClusterAccess }, { createAuthorizer }] = await Promise.all([
		import('../cluster/inCluster.ts'),
		import('../cluster/authorizer.ts'),
	]);
	const access = inClusterAccess(environment, serviceAccount, concealing);
	if (!access) {
		log.warn('there is no token, so that nobody can be authenticated', { directory: serviceAccount });
		return () => unavailable;
	}
	const trouble = tellTrouble(log, { ill: 'nobody can be authenticated', well: 'people are authenticated again' });
	const authorize = createAuthorizer({ access, signal, onAnswer: trouble.well, onFailure: trouble.ill });
	return async ({ path, authorization = '' }) => {
		const [, token] = /^Bearer +(\S+) *$/i.exec(authorization) ?? [];
		if (token === undefined) return unknown;
		const answer = await authorize(token, path);
		return answer === 'allowed' || refusals[answer];
	};
}
