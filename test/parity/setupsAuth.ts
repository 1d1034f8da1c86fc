import { html, json } from '../fakes/reply.ts';
import type { RegistryOptions } from '../fakes/registry.ts';
import { registryError } from '../fakes/registryError.ts';
import type { TokenOptions } from '../fakes/token.ts';
import type { Login, Setup, Site } from './site.ts';

const login: Login = { user: 'user', password: 'secret' };

/** Everything is answered with 401 and this header, or none. */
const demands = (challenge?: (site: Site) => string): Setup => {
	return async (site) => {
		const header = challenge === undefined ? {} : { 'www-authenticate': challenge(site) };
		await site.registry({ respond: () => registryError(401, 'UNAUTHORIZED', null, header) });
	};
};

/** A registry behind a token service that answers in its own way. */
const behind = (respond?: TokenOptions['respond'], given?: Login): Setup => {
	return async (site) => {
		const service = await site.tokenService(respond ? { respond } : {});
		await site.registry({ auth: site.bearer(service) });
		return given ? { login: given } : {};
	};
};

/** The token service is not there, or not as it should be. */
const realmAt = (prepare: (site: Site) => Promise<void>): Setup => {
	return async (site) => {
		await prepare(site);
		const realm = `https://${site.nameOf('token')}/token`;
		await site.registry({ auth: { bearer: { realm, service: 'lab', tokens: new Set() } } });
	};
};

/** Tokens are given, and refused at the manifest. */
const refusing = (refuse: (challenge: string) => ReturnType<NonNullable<RegistryOptions['respond']>>): Setup => {
	return async (site) => {
		const service = await site.tokenService();
		const challenge = `Bearer realm="${service.realm(site.nameOf('token'))}",service="lab"`;
		await site.registry({
			auth: site.bearer(service),
			respond: ({ headers }) => (headers.authorization === undefined ? undefined : refuse(challenge)),
		});
	};
};

const unauthorized = (challenge: string) => registryError(401, 'UNAUTHORIZED', null, { 'www-authenticate': challenge });

/** Challenges, logins and tokens. */
export const authSetups: Readonly<Record<string, Setup>> = {
	'auth-401-joined': demands((site) => `Basic realm="lab", Bearer realm="https://${site.nameOf('token')}/token"`),
	'auth-401-negotiate': demands(() => 'Negotiate'),
	'auth-401-nochallenge': demands(),
	'auth-basic-403': async (site) => {
		const auth = { basic: login };
		const denied = json(403, { errors: [{ code: 'DENIED', message: 'Your authorization token has expired.' }] });
		await site.registry({ auth, respond: ({ headers }) => (headers.authorization ? denied : undefined) });
		return { login };
	},
	'auth-basic-badcreds': async (site) => {
		await site.registry({ auth: { basic: login } });
		return { login: { user: 'user', password: 'wrong' } };
	},
	'auth-basic-nocreds': async (site) => void (await site.registry({ auth: { basic: login } })),
	'real-basic-nocreds': async (site) => void (await site.registry({ auth: { basic: login } })),
	'ok-bearer': behind(),
	'ok-bearer-creds': behind(undefined, login),
	'ok-bearer-creds-405': behind(({ method }) => (method === 'POST' ? { status: 405 } : undefined), login),
	'realm-401': behind(() => json(401, { details: 'incorrect username or password' })),
	'realm-429': behind(() => json(429, { details: 'too many requests' })),
	'realm-500': behind(() => json(500, {})),
	'realm-503-creds': behind(() => json(503, {}), login),
	'realm-badjson': behind(() => html(200, 'Welcome')),
	'realm-empty': behind(() => json(200, {})),
	'realm-nxdomain': realmAt(async (site) => site.know('token', { rcode: 'NXDOMAIN' })),
	'realm-post-token-only': behind(
		({ method }) => (method === 'POST' ? json(200, { token: 'opaque' }) : undefined),
		login,
	),
	'realm-redirect': behind(({ path }) => {
		return path === '/login' ? html(200, 'Log in') : { status: 302, headers: { location: '/login' } };
	}),
	'realm-refused': realmAt(async (site) => site.know('token', { A: [site.addressOf('token')] })),
	'realm-timeout': behind(() => 'silence'),
	'realm-untrusted': realmAt(async (site) => {
		await site.tokenService(
			{},
			{ tls: await site.certificate({ names: [site.nameOf('token')] }, site.ground.foreign) },
		);
	}),
	'token-401': refusing((challenge) => unauthorized(`${challenge},error="insufficient_scope"`)),
	'token-401-invalid': refusing((challenge) => unauthorized(`${challenge},error="invalid_token"`)),
	'token-401-plain': refusing(unauthorized),
	'token-403': refusing(() => registryError(403, 'DENIED')),
};
