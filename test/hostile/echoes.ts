import { html, json, type Reply } from '../fakes/reply.ts';
import { basic, user } from './canary.ts';

/** What a registry was shown, and by which path. */
interface Shown {
	readonly password: string;
	readonly path: string;
}

export interface Echo {
	/** The password is one that can stand in a name. */
	readonly plain?: boolean;
	readonly answer: (shown: Shown) => Reply;
}

const denied = (said: string) => json(403, { errors: [{ code: 'DENIED', message: `no entry for ${said}` }] });
const spelled = (spell: (password: string) => string): Echo => ({ answer: ({ password }) => denied(spell(password)) });
const named = (answer: Echo['answer']): Echo => ({ plain: true, answer });
const header = (name: string) => named(({ password }) => ({ ...denied('you'), headers: { [name]: password } }));
const entities: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&#34;',
	"'": '&#39;',
};
const pair = (password: string) => `${user}:${password}`;

/** Where and how a registry says back a login that it was shown. */
export const echoes: Readonly<Record<string, Echo>> = {
	'as it is': spelled((password) => password),
	'with its user': spelled(pair),
	'in upper case': spelled((password) => password.toUpperCase()),
	'percent-encoded': spelled((password) => `/login?u=${encodeURIComponent(password)}`),
	'percent-encoded as a path': spelled((password) => `/login/${encodeURIComponent(password)}/x`),
	'as a form writes it': spelled((password) => new URLSearchParams({ password }).toString()),
	'in HTML': spelled((password) => password.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)),
	'in JSON within JSON': spelled((password) => JSON.stringify({ password })),
	'in hexadecimal': spelled((password) => Buffer.from(password).toString('hex')),
	'as the header that it came in': spelled(basic),
	'the header in lower case': spelled((password) => basic(password).toLowerCase()),
	'in base64 alone, without padding': spelled((password) =>
		Buffer.from(password).toString('base64').replace(/=+$/, ''),
	),
	'in base64 that is safe in URLs': spelled((password) => Buffer.from(pair(password)).toString('base64url')),
	'in base64 of something longer': spelled((password) =>
		Buffer.from(`{"u":"x","p":${JSON.stringify(password)},"r":"y"}`).toString('base64'),
	),
	'at the end, cut': spelled((password) => `${'x'.repeat(270)} ${pair(password)} and more`),
	'in an error of OAuth': {
		answer: ({ password }) => json(401, { error: 'invalid_client', error_description: `wrong: ${password}` }),
	},
	'as a page': { answer: ({ password }) => html(403, password) },
	'as the identity that it counts by': header('docker-ratelimit-source'),
	'as a digest': header('docker-content-digest'),
	'as a type': named(({ password }) => ({ status: 200, headers: { 'content-type': `text/${password}` } })),
	'as the name of another host': named(({ password }) => ({
		status: 307,
		headers: { location: `http://${password}.test/v2/` },
	})),
	'in the path of a Location': named(({ password, path }) =>
		path.includes(password)
			? denied('you')
			: { status: 307, headers: { location: `/v2/${password}/manifests/1?sig=${password}#${password}` } },
	),
	'in the error of a challenge, cut': named(({ password }) => ({
		status: 401,
		headers: { 'www-authenticate': `Bearer realm="http://127.0.0.1:1/",error="${'x'.repeat(51)}${password}"` },
	})),
	'as realm and service of a challenge': named(({ password }) => ({
		status: 401,
		headers: {
			'www-authenticate': `Bearer realm="http://127.0.0.1:1/${password}",service="${password}",error="${password}"`,
		},
	})),
};
