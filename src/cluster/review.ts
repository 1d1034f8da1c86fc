import { isRecord } from '../registry/json.ts';
import type { Secret } from '../registry/secret.ts';
import type { ApiAccess } from './access.ts';
import { askJson } from './ask.ts';

/**
 * For whom a token must have been made. A token for this audience is of no use at the API server, so that an agent that
 * somebody took over learns nothing by which it could do anything.
 */
export const audience = 'registry-probe';

/**
 * Stands before the paths of an agent where rights are given. Without it they would be those of the API itself, and every
 * account may read `/api/*` there (the ClusterRole system:discovery).
 */
export const pathPrefix = '/registry-probe';

/** Who somebody is, as the API server says; handed back to it as it came. */
export type User = Readonly<Record<string, unknown>>;

const mostOfReview = 256 * 1024;

/**
 * Whose token this is; undefined for one that is not valid, or was not made for an agent
 * (https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-review-v1/). Throws `ApiFailure`.
 */
export async function reviewToken(access: ApiAccess, token: Secret, signal: AbortSignal): Promise<User | undefined> {
	const shown: ApiAccess = { ...access, conceal: (text) => access.conceal(text, [token.reveal()]) };
	const { authenticated, audiences, user } = await review(shown, signal, {
		apiVersion: 'authentication.k8s.io/v1',
		kind: 'TokenReview',
		spec: { token: token.reveal(), audiences: [audience] },
	});
	// A server that knows nothing of audiences would take any token.
	const forUs = Array.isArray(audiences) && audiences.includes(audience);
	return authenticated === true && forUs && isRecord(user) ? user : undefined;
}

/**
 * Whether a user may get a path of an agent
 * (https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/subject-access-review-v1/). Throws
 * `ApiFailure`.
 */
export async function mayGet(access: ApiAccess, user: User, path: string, signal: AbortSignal): Promise<boolean> {
	const { username, uid, groups, extra } = user;
	const { allowed } = await review(access, signal, {
		apiVersion: 'authorization.k8s.io/v1',
		kind: 'SubjectAccessReview',
		spec: { user: username, uid, groups, extra, nonResourceAttributes: { path: `${pathPrefix}${path}`, verb: 'get' } },
	});
	return allowed === true;
}

async function review(
	access: ApiAccess,
	signal: AbortSignal,
	body: { readonly apiVersion: string; readonly kind: string; readonly spec: object },
): Promise<Readonly<Record<string, unknown>>> {
	const path = `/apis/${body.apiVersion}/${body.kind.toLowerCase()}s`;
	const sent = { method: 'POST', type: 'application/json', body: JSON.stringify(body) } as const;
	const answer = await askJson(access, path, signal, mostOfReview, sent);
	return isRecord(answer) && isRecord(answer['status']) ? answer['status'] : {};
}
