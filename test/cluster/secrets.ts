const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');

/** A user and a password as docker writes them. */
export const auth = (user: string, password: string) => Buffer.from(`${user}:${password}`).toString('base64');

/** The logins of a pull secret: location → `user:password`. */
export type Auths = Readonly<Record<string, string>>;

/** A Secret of the API with this text under the key of docker's config.json. */
export function aSecret(name: string, auths: Auths | object, parts: { readonly metadata?: object } = {}): object {
	const entries = Object.entries(auths).map(([location, login]: [string, unknown]) => {
		return [location, typeof login === 'string' ? { auth: Buffer.from(login).toString('base64') } : login] as const;
	});
	return secretOf(
		name,
		'kubernetes.io/dockerconfigjson',
		'.dockerconfigjson',
		{ auths: Object.fromEntries(entries) },
		parts,
	);
}

/** A Secret of any type, with a value under a key. */
export function secretOf(
	name: string,
	type: string,
	key: string,
	value: unknown,
	{ metadata = {} }: { readonly metadata?: object } = {},
): object {
	return {
		kind: 'Secret',
		metadata: { name, namespace: 'shop', resourceVersion: '1', ...metadata },
		type,
		data: { [key]: encoded(value) },
	};
}
