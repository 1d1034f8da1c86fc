import { createPrivateKey, randomUUID, sign, X509Certificate } from 'node:crypto';
import type { Issued } from '../fakes/authority.ts';
import { type HttpServer, type ReceivedRequest, startHttp } from '../fakes/http.ts';
import { json } from '../fakes/reply.ts';

export interface TokenServiceOptions {
	readonly tls: Issued;
	/** Signs the tokens; the registry trusts whom its `rootcertbundle` trusts. */
	readonly signer: Issued;
	readonly issuer: string;
	/** User → password. Who is in here gets all that is asked for, everybody else no token. */
	readonly logins: Readonly<Record<string, string>>;
	/** Repositories that may be pulled without a login. */
	readonly open: readonly string[];
	/** Waited for before a token is given. */
	readonly beforeGrant?: () => Promise<void>;
}

/** What a token allows, https://distribution.github.io/distribution/spec/auth/jwt/. */
interface Access {
	readonly type: string;
	readonly name: string;
	readonly actions: readonly string[];
}

const lifetimeSeconds = 300;
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A signed JSON Web Token, https://www.rfc-editor.org/rfc/rfc7519; docker-registry 2.8 takes the signer from `x5c`. */
function signed(claims: object, { cert, key }: Issued): string {
	const x5c = [new X509Certificate(cert).raw.toString('base64')];
	const text = `${encoded({ typ: 'JWT', alg: 'ES256', x5c })}.${encoded(claims)}`;
	const signature = sign('sha256', Buffer.from(text), { key: createPrivateKey(key), dsaEncoding: 'ieee-p1363' });
	return `${text}.${signature.toString('base64url')}`;
}

/** `repository:team/app:pull,push` → its parts. */
function readScope(scope: string): Access {
	const [type = '', name = '', actions = ''] = scope.split(':');
	return { type, name, actions: actions.split(',') };
}

function accessFor(scopes: readonly string[], known: boolean, open: readonly string[]): readonly Access[] {
	const asked = scopes.map(readScope);
	if (known) return asked;
	return asked.filter(({ name }) => open.includes(name)).map((each) => ({ ...each, actions: ['pull'] }));
}

/** The user who asks; undefined where nobody logs in. Throws where the login is wrong. */
function userOf({ headers }: ReceivedRequest, logins: TokenServiceOptions['logins']): string | undefined {
	const [, value] = /^basic (.*)$/i.exec(headers.authorization ?? '') ?? [];
	if (value === undefined) return undefined;
	const [user = '', password] = Buffer.from(value, 'base64').toString().split(':');
	if (logins[user] !== password) throw new RangeError('wrong login');
	return user;
}

/** A token service whose tokens a real docker-registry takes, https://distribution.github.io/distribution/spec/auth/token/. */
export async function startTokenService(options: TokenServiceOptions): Promise<HttpServer> {
	const { tls, signer, issuer, logins, open } = options;
	return await startHttp({ tls: { key: tls.key, cert: tls.chain } }, async (request) => {
		const { query } = request;
		let user: string | undefined;
		try {
			user = userOf(request, logins);
		} catch {
			return json(401, { details: 'incorrect username or password' });
		}
		await options.beforeGrant?.();
		const now = Math.floor(Date.now() / 1000);
		const claims = {
			iss: issuer,
			sub: user ?? '',
			aud: query.get('service') ?? '',
			exp: now + lifetimeSeconds,
			nbf: now - 10,
			iat: now,
			jti: randomUUID(),
			access: accessFor(query.getAll('scope'), user !== undefined, open),
		};
		return json(200, { token: signed(claims, signer), expires_in: lifetimeSeconds });
	});
}
