import type { ReceivedRequest } from './http.ts';
import { registryError } from './registryError.ts';
import type { Answer } from './reply.ts';

/** Who may pull. */
export type RegistryAuth =
	| 'open'
	| { readonly basic: { readonly user: string; readonly password: string } }
	| {
			readonly bearer: {
				/** The URL of the token service. */
				readonly realm: string;
				readonly service: string;
				/** The tokens that are good; a token service's `tokens` can be given here. */
				readonly tokens: ReadonlySet<string>;
			};
	  };

function refuse(challenge: string, repository: string | undefined): Answer {
	const detail = repository && [{ Type: 'repository', Class: '', Name: repository, Action: 'pull' }];
	return registryError(401, 'UNAUTHORIZED', detail, { 'www-authenticate': challenge });
}

/** The refusal of a request that shows no good token or login; undefined where it may pass. */
export function authorize(
	auth: RegistryAuth,
	{ headers }: ReceivedRequest,
	repository: string | undefined,
): Answer | undefined {
	if (auth === 'open') return undefined;
	const [scheme = '', value = ''] = (headers.authorization ?? '').split(' ');
	if ('basic' in auth) {
		const expected = Buffer.from(`${auth.basic.user}:${auth.basic.password}`).toString('base64');
		if (scheme.toLowerCase() === 'basic' && value === expected) return undefined;
		return refuse('Basic realm="Registry Realm"', repository);
	}
	const { realm, service, tokens } = auth.bearer;
	if (scheme.toLowerCase() === 'bearer' && tokens.has(value)) return undefined;
	const scope = repository === undefined ? '' : `,scope="repository:${repository}:pull"`;
	const error = value === '' ? '' : ',error="invalid_token"';
	return refuse(`Bearer realm="${realm}",service="${service}"${scope}${error}`, repository);
}
