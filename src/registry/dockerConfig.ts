import { isDockerHub } from './hosts.ts';
import { type Login, Secret } from './secret.ts';

/** A docker config.json that gives no login. The message says why and holds nothing of the file. */
export class NoLogin extends Error {
	override readonly name = 'NoLogin';
}

interface Entry {
	readonly auth?: unknown;
	readonly username?: unknown;
	readonly password?: unknown;
	readonly identitytoken?: unknown;
}

/**
 * The login that a docker config.json holds for the first of `hosts` that has an entry
 * (https://github.com/docker/cli/blob/master/cli/config/configfile/file.go). Keys are read as kubelet reads them: without
 * scheme and API version, so that `https://index.docker.io/v1/` is Docker Hub's. `auth` stands over `username` and
 * `password`. Throws `NoLogin`.
 */
export function readDockerConfig(text: string, hosts: readonly string[]): Login {
	const entries = Object.entries(authsIn(text));
	for (const name of hosts.flatMap(spellings)) {
		const [, entry] = entries.find(([key]) => hostOfKey(key) === name) ?? [];
		if (entry !== undefined) return loginOf(entry, name);
	}
	throw new NoLogin(`has no entry for ${hosts[0] ?? 'the registry'} under "auths"`);
}

function authsIn(text: string): Readonly<Record<string, unknown>> {
	const file = asMap(parse(text));
	if (!file) throw new NoLogin('is not a docker config.json: it holds no JSON object');
	const auths = asMap(file['auths']);
	if (auths) return auths;
	const helper = 'credHelpers' in file || 'credsStore' in file;
	throw new NoLogin(helper ? 'names only credential helpers, which are not run' : 'has no "auths"');
}

function loginOf(value: unknown, host: string): Login {
	const entry: Entry = asMap(value) ?? {};
	if (typeof entry.auth === 'string' && entry.auth !== '') return decode(entry.auth, host);
	if (isFilled(entry.username) && isFilled(entry.password)) {
		return { username: entry.username, password: new Secret(entry.password) };
	}
	const token = isFilled(entry.identitytoken) ? 'an identity token, which is not supported' : 'no user and password';
	throw new NoLogin(`has ${token} for ${host}`);
}

/** base64 of `user:password`, with or without padding. */
function decode(auth: string, host: string): Login {
	const text = /^[A-Za-z0-9+/]+={0,2}\s*$/.test(auth) ? Buffer.from(auth, 'base64').toString('utf8') : '';
	const colon = text.indexOf(':');
	if (colon < 1) throw new NoLogin(`has an "auth" for ${host} that is not base64 of user:password`);
	// Some tools fill the password up with zero bytes.
	return { username: text.slice(0, colon), password: new Secret(text.slice(colon + 1).replace(/\0+$/, '')) };
}

/** Docker Hub goes by several names in these files. */
function spellings(host: string): readonly string[] {
	const name = host.toLowerCase();
	return isDockerHub(name) ? [name, 'docker.io', 'index.docker.io'] : [name];
}

function hostOfKey(key: string): string {
	return key
		.toLowerCase()
		.replace(/^https?:\/\//, '')
		.replace(/\/(?:v[12]\/?)?$/, '');
}

function isFilled(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
}

function asMap(value: unknown): Readonly<Record<string, unknown>> | undefined {
	return value !== null && typeof value === 'object' && !Array.isArray(value) ? { ...value } : undefined;
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
