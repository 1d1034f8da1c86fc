import { readFileSync } from 'node:fs';
import type { Authority } from '../../fakes/authority.ts';
import type { Access } from '../../kubernetes/controlPlane.ts';

/**
 * The kubeconfig of a user who is known by a client certificate
 * (https://kubernetes.io/docs/reference/access-authn-authz/authentication/#x509-client-certificates): `system:node:node-a`
 * of the group `system:nodes`. `authority` is the one of the API server's `--client-ca-file`. JSON.
 */
export async function kubeconfigOf(
	authority: Authority,
	{ server, ca }: Access,
	user: string,
	group?: string,
): Promise<string> {
	const { chain, key } = await issueFor(authority, user, group);
	const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64');
	return JSON.stringify({
		apiVersion: 'v1',
		kind: 'Config',
		clusters: [{ name: 'own', cluster: { server, 'certificate-authority-data': base64(readFileSync(ca)) } }],
		users: [{ name: user, user: { 'client-certificate-data': base64(chain), 'client-key-data': base64(key) } }],
		contexts: [{ name: 'own', context: { cluster: 'own', user } }],
		'current-context': 'own',
	});
}

/** A client certificate, in PEM, that names a user and a group. */
export async function issueFor(
	authority: Authority,
	user: string,
	group?: string,
): Promise<{ readonly chain: string; readonly key: string }> {
	const organization = group === undefined ? {} : { organization: group };
	return await authority.issue({ commonName: user, ...organization, san: false, extendedKeyUsage: ['client'] });
}
