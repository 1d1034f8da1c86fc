import { join } from 'node:path';
import type { Override } from '../fakes/http.ts';
import type { HttpProxy } from '../fakes/proxy.ts';
import { startProxy } from '../fakes/proxy.ts';
import { startRegistry } from '../fakes/registry.ts';
import { html, json } from '../fakes/reply.ts';
import { makeWorld, names, type World, type Wishes } from '../probe/world.ts';
import { planted } from './planted.ts';

/** Registries that are shown secrets, or name some, and succeed or fail in every way; and a proxy that wants a login. */
export interface SecretWorld extends AsyncDisposable {
	/** Entries of the configuration, YAML. */
	readonly entries: readonly string[];
	readonly good: World;
	readonly proxy: HttpProxy;
}

/** Says back whatever it was shown, as careless servers do in their errors. */
const echoes: Override = ({ headers, query }) => {
	const said = `invalid: ${headers.authorization ?? ''} ${query.toString()}`;
	const decoded = Buffer.from(headers.authorization?.split(' ')[1] ?? '', 'base64').toString();
	return headers.authorization === undefined
		? undefined
		: json(403, { errors: [{ code: 'DENIED', message: `${said} ${decoded}` }], details: said });
};

const userinfo = (url: string, secret: string) => url.replace('//', `//${planted.user}:${secret}@`);
const sends = (location: string): Override => {
	return ({ headers }) => (headers.authorization === undefined ? undefined : { status: 307, headers: { location } });
};
const signed = (origin: string) =>
	`${origin}/x?X-Amz-Signature=${planted.signature}&X-Amz-Credential=${planted.location}`;

/** How a world differs from the good one: name → wishes. */
function wishesFor(): Readonly<Record<string, Wishes>> {
	const token = { respond: () => json(200, { token: planted.token }) };
	const unheard = (location: string) => ({ registry: { respond: sends(location) }, token });
	return {
		'echo-registry': { registry: { respond: echoes }, token },
		'echo-token': { token: { respond: echoes } },
		'token-refuses': { token: { accept: () => false } },
		'token-malformed': { token: { respond: () => json(200, { token: 7, hint: planted.token }) } },
		'token-unheard': { token },
		'token-page': { token: { respond: () => html(200, planted.token) } },
		'sent-to-nobody': unheard(signed(userinfo('https://cdn.test:1', planted.location))),
		'sent-to-no-name': unheard(signed(userinfo('https://gone.test', planted.location))),
		'sent-round': unheard(`?token=${planted.signature}`),
		'sent-to-metadata': unheard(signed(userinfo('http://169.254.169.254', planted.location))),
		'sent-to-a-file': unheard(`file:///${planted.location}`),
		'blob-refuses': {
			blob: { signature: planted.signature, respond: () => ({ status: 403, body: planted.signature }) },
		},
		'blob-truncates': { blob: { signature: planted.signature, pace: { truncateAfter: 10 } } },
		'blob-closes': { blob: { signature: planted.signature, respond: () => 'close' } },
		'blob-resets': { blob: { signature: planted.signature, respond: () => 'reset' } },
	};
}

/** Starts all of it. Each registry has a node of its own to resolve names; the agent gets their names from one hosts file. */
export async function startSecretWorld(node: { readonly credentials: string }): Promise<SecretWorld> {
	await using stack = new AsyncDisposableStack();
	const good = stack.use(await makeWorld({ blob: { signature: planted.signature } }));
	const proxy = stack.use(
		await startProxy({
			hosts: Object.fromEntries(Object.values(names).map((name) => [name, '127.0.0.1'])),
			login: { user: planted.proxyUser, password: planted.proxyPassword },
		}),
	);
	const entry = (name: string, { registry }: World, more = '') => {
		const shared = `image: '${names.registry}/team/app:1', endpoint: '${registry.origin(names.registry)}', insecure: true`;
		return `{ name: ${name}.test, ${shared}, credentials: { file: ${node.credentials} }${more} }`;
	};
	const login = { user: planted.proxyUser, password: planted.proxyPassword };
	const through = (url: string) => `, proxy: '${url}'`;
	const entries = [
		entry('good', good),
		entry('proxied', good, through(proxy.url(undefined, login))),
		entry('proxy-refuses', good, through(proxy.url(undefined, { ...login, user: 'nobody' }))),
		entry('proxy-dead', good, through(`http://${planted.proxyUser}:${planted.proxyPassword}@127.0.0.1:1`)),
	];
	for (const [name, wishes] of Object.entries(wishesFor()))
		entries.push(entry(name, stack.use(await makeWorld(wishes))));
	const realmed = stack.use(
		await startRegistry({
			respond: () => {
				const realm = signed(userinfo(good.token.origin('auth.test'), planted.realm));
				return { status: 401, headers: { 'www-authenticate': `Bearer realm="${realm}",service="x"` } };
			},
		}),
	);
	const file = `credentials: { file: ${node.credentials} }`;
	entries.push(`{ name: realm.test, image: 'registry.test/team/app:1', endpoint: '${realmed.origin()}', ${file} }`);
	const owned = stack.move();
	return { entries, good, proxy, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** The text of a docker config.json with the login for every registry of the world. */
export function credentialsFile(entries: readonly string[]): string {
	const hosts = entries.map((entry) => /name: ([\w.-]+)/.exec(entry)?.[1] ?? '');
	const auth = Buffer.from(`${planted.user}:${planted.password}`).toString('base64');
	return JSON.stringify({ auths: Object.fromEntries(hosts.map((host) => [host, { auth }])) });
}

/** Where the credentials file of a directory is. */
export const credentialsIn = (directory: string) => join(directory, 'credentials.json');
