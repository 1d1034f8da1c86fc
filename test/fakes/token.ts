import { randomBytes } from 'node:crypto';
import { startHttp } from './http.ts';
import type { HttpOptions, HttpServer, Override, ReceivedRequest } from './http.ts';
import { json } from './reply.ts';
import type { Answer } from './reply.ts';

/** A user and a password as the service received them. */
export interface ReceivedLogin {
	readonly user: string;
	readonly password: string;
}

/** What a token was asked for. */
export interface TokenRequest {
	readonly service: string | undefined;
	readonly scopes: readonly string[];
	readonly login?: ReceivedLogin;
}

export interface TokenOptions extends HttpOptions {
	/** Default: every login and no login. */
	readonly accept?: (request: TokenRequest) => boolean;
	/** Where the tokens are kept, for a service that is to come back after it has gone. Default: a set of its own. */
	readonly tokens?: Set<string>;
	/** Default: 300. */
	readonly lifetimeSeconds?: number;
	/** Faults: answers in place of the service. */
	readonly respond?: Override;
}

export interface TokenService extends HttpServer {
	/** The tokens given so far, for a registry's `auth`. */
	readonly tokens: ReadonlySet<string>;
	/** What was asked for, in order. */
	readonly asked: readonly TokenRequest[];
	/** The URL for a challenge: `https://name:port/token`. */
	readonly realm: (name?: string) => string;
}

function basicLogin(header: string | undefined): ReceivedLogin | undefined {
	const [, encoded] = /^basic +(.*)$/i.exec(header ?? '') ?? [];
	if (encoded === undefined) return undefined;
	const text = Buffer.from(encoded, 'base64').toString();
	const colon = text.indexOf(':');
	return { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

function formLogin(form: URLSearchParams): ReceivedLogin | undefined {
	if (form.get('grant_type') !== 'password') return undefined;
	return { user: form.get('username') ?? '', password: form.get('password') ?? '' };
}

/** Docker's GET (https://distribution.github.io/distribution/spec/auth/token/) and OAuth 2's POST (`…/auth/oauth/`). */
function readAsked({ method, query, body, headers }: ReceivedRequest): TokenRequest {
	const values = method === 'POST' ? new URLSearchParams(body) : query;
	const login = method === 'POST' ? formLogin(values) : basicLogin(headers.authorization);
	// GET repeats `scope`, a form has its scopes in one field with spaces between.
	const scopes = values.getAll('scope').flatMap((scope) => scope.split(' '));
	return { service: values.get('service') ?? undefined, scopes, ...(login ? { login } : {}) };
}

function grant(token: string, { method }: ReceivedRequest, lifetimeSeconds: number): Answer {
	const common = { access_token: token, expires_in: lifetimeSeconds, issued_at: new Date().toISOString() };
	return json(200, method === 'POST' ? { ...common, scope: '' } : { token, ...common });
}

/** A token service that gives random tokens to whom `accept` lets through. */
export async function startTokenService(options: TokenOptions = {}): Promise<TokenService> {
	const tokens = options.tokens ?? new Set<string>();
	const asked: TokenRequest[] = [];
	const server = await startHttp(options, async (request) => {
		const instead = await options.respond?.(request);
		if (instead !== undefined) return instead;
		if (request.path !== '/token') return json(404, { message: 'not found' });
		const wish = readAsked(request);
		asked.push(wish);
		if (options.accept?.(wish) === false) return json(401, { details: 'incorrect username or password' });
		const token = randomBytes(24).toString('base64url');
		tokens.add(token);
		return grant(token, request, options.lifetimeSeconds ?? 300);
	});
	return { ...server, tokens, asked, realm: (name) => `${server.origin(name)}/token` };
}
