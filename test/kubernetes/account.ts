import type { Access } from './controlPlane.ts';
import { askServer } from './request.ts';

/** A rule of RBAC as a user is told of its own. */
export interface Rule {
	readonly verbs: readonly string[];
	readonly apiGroups: readonly string[];
	readonly resources: readonly string[];
}

/** What a token is asked for with: for whom it is to be, and to which pod it belongs. */
export interface TokenWish {
	readonly audiences?: readonly string[];
	readonly boundObjectRef?: object;
}

/** A token of a service account, as its pods have one. */
export async function tokenOf(access: Access, namespace: string, name: string, wish: TokenWish = {}): Promise<string> {
	const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`;
	const { status } = await ask<{ readonly status: { readonly token: string } }>(access, path, {
		apiVersion: 'authentication.k8s.io/v1',
		kind: 'TokenRequest',
		spec: wish,
	});
	return status.token;
}

/** All that a token may do with resources in a namespace and cluster-wide, as RBAC has it. */
export async function rulesOf(access: Access, token: string, namespace: string): Promise<readonly Rule[]> {
	const path = '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews';
	const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectRulesReview', spec: { namespace } };
	const { status } = await ask<{ readonly status: { readonly resourceRules: readonly Rule[] } }>(
		access,
		path,
		review,
		token,
	);
	return status.resourceRules;
}

async function ask<T>(access: Access, path: string, body: object, token = access.token): Promise<T> {
	const answer = await askServer(access, path, { method: 'POST', body, token });
	if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${answer.body}`);
	return JSON.parse(answer.body) as T;
}
