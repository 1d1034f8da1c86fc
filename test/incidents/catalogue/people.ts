import { registryError } from '../../fakes/registryError.ts';
import type { Setup } from '../../parity/site.ts';
import { type Incident, recordedFault } from '../incident.ts';

const login = { user: 'user', password: 'secret' };
const image = (like: string, what: string, more: Partial<Incident> = {}) =>
	recordedFault('image', ['image'], like, what, more);
const credentials = (like: string, what: string, more: Partial<Incident> = {}) =>
	recordedFault('credentials', ['credentials'], like, what, more);
const limit = (like: string, what: string, more: Partial<Incident> = {}) =>
	recordedFault('limit', ['rate_limit'], like, what, more);

/** The image is not there, or is none. */
export const images: readonly Incident[] = [
	image('real-404-tag', 'a tag that is mistyped'),
	image('real-404-repo', 'a repository that is mistyped'),
	image('http-404-name', 'a repository that the registry does not know'),
	image('platform-missing', 'no image for this platform'),
	image('manifest-huge', 'what is stored under the name is too large for a manifest'),
	image('ref-upper', 'a name with a capital letter', { state: 'InvalidImageName' }),
	image('redir-307-404', 'a tag that is mistyped, at a registry that sends on'),
	image('typo-with-secret', 'a tag that is mistyped, at a registry that wants a login', {
		like: 'real-404-tag',
		secret: login,
		setup: async (site) => {
			await site.registry({ auth: { basic: login } });
			return { image: `${site.nameOf()}/team/app:nope` };
		},
	}),
];

const guarded: Setup = async (site) => void (await site.registry({ auth: { basic: login } }));
const accepting: Setup = async (site) => {
	const service = await site.tokenService({ accept: (wish) => wish.login?.password === login.password });
	await site.registry({ auth: site.bearer(service) });
};

/** No login, a wrong one, or one that may not. */
export const logins: readonly Incident[] = [
	credentials('auth-basic-nocreds', 'no pull secret where one is needed'),
	credentials('real-basic-nocreds', 'no pull secret where one is needed, at docker-registry'),
	credentials('auth-basic-badcreds', 'a pull secret with a wrong password'),
	credentials('auth-basic-403', 'a pull secret whose login has expired'),
	credentials('realm-401', 'no pull secret where the token service wants one'),
	credentials('token-401', 'the token does not open this repository'),
	credentials('token-403', 'the registry denies what the token asks for'),
	credentials('http-403-manifest', 'the registry denies this repository to strangers'),
	credentials('auth-401-joined', 'no pull secret, at a registry with two challenges in one line'),
	credentials('secret-absent', 'a pull secret that does not exist', {
		like: 'auth-basic-nocreds',
		setup: guarded,
		secret: 'absent',
	}),
	credentials('secret-elsewhere', 'a pull secret for another registry', {
		like: 'auth-basic-nocreds',
		setup: guarded,
		secret: 'for another host',
	}),
	credentials('secret-opaque', 'a pull secret of another type', {
		like: 'auth-basic-nocreds',
		setup: guarded,
		secret: 'of another type',
	}),
	credentials('secret-not-readable', 'a wrong pull secret in a namespace that is not opted in', {
		like: 'auth-basic-badcreds',
		setup: guarded,
		secret: 'not readable',
	}),
	credentials('secret-token-wrong', 'a pull secret with a wrong password, at a token service', {
		like: 'realm-401',
		setup: accepting,
		secret: { user: 'user', password: 'old' },
	}),
];

const limited: Setup = async (site) => {
	const headers = { 'ratelimit-limit': '100;w=21600', 'ratelimit-remaining': '0;w=21600' };
	await site.registry({
		respond: ({ path }) =>
			path.includes('/manifests/') ? registryError(429, 'TOOMANYREQUESTS', null, headers) : undefined,
	});
};

/** Somebody counts. */
export const limits: readonly Incident[] = [
	limit('http-429-get', 'the quota of this address is used up'),
	limit('http-429-abuse', 'the abuse guard refuses everything'),
	limit('realm-429', 'the token service counts too'),
	limit('quota-empty', 'the quota is used up, and the headers say so', { like: 'http-429-get', setup: limited }),
	limit('quota-empty-secret', 'the quota of an account is used up', {
		like: 'http-429-get',
		setup: limited,
		secret: login,
	}),
];
