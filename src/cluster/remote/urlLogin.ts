import { percentDecoded } from '../../registry/percentDecoded.ts';

/** What is secret of a login in a URL, as it stands there and as it is sent: a password, or a name alone. */
export function secretsIn({ username, password }: URL): readonly string[] {
	const spelled = [[username, password], [username, password].map(percentDecoded)] as const;
	return spelled.flatMap(([name = '', word = '']) => secretsOf(name, word));
}

/** What is secret of a login: the server is shown user and password as one. */
export function secretsOf(username: string, password: string): readonly string[] {
	return [password === '' ? username : password, `${username}:${password}`];
}
