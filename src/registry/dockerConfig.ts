import { compareKeys, credentialKey, isDockerHubImage, matchesImage } from './credentialMatch.ts';
import { decodeAuth, isFilled } from './dockerAuth.ts';
import { isDockerHub } from './hosts.ts';
import { isRecord, parseJson } from './json.ts';
import { type Login, Secret } from './secret.ts';

/** A docker config.json that gives no login. The message says why and holds nothing of the file. */
export class NoLogin extends Error {
	override readonly name = 'NoLogin';
}

/** What a docker config.json says about one location. */
export interface DockerConfigEntry {
	/** As it stands in the file: `https://index.docker.io/v1/`. */
	readonly location: string;
	readonly login?: Login;
	/** Why there is no login, to follow the name of the file: `has no user and password`. */
	readonly lacks?: string;
	/** The kubelet refuses a whole file for such an entry. */
	readonly malformed?: boolean;
	/** Fields with a token that the kubelet passes over. */
	readonly ignored: readonly string[];
}

/** The logins of a docker config.json, as the kubelet reads it. */
export interface DockerConfig {
	readonly entries: readonly DockerConfigEntry[];
	/** Why there are no entries, to follow the name of the file. */
	readonly lacks?: string;
	/** Keys that the kubelet passes over: `credHelpers`, `credsStore`. */
	readonly ignored: readonly string[];
}

/** `config.json` keeps its entries under `auths`, the older `.dockercfg` at the top. */
export type DockerConfigForm = 'config.json' | '.dockercfg';

/** More entries than anyone has; what comes after them is not looked at. */
const mostEntries = 10_000;
const tokens = ['identitytoken', 'registrytoken'];
const helpers = ['credHelpers', 'credsStore'];

/**
 * Reads a docker config.json (https://github.com/docker/cli/blob/master/cli/config/configfile/file.go) as the kubelet
 * does (https://github.com/kubernetes/kubernetes/blob/v1.35.0/pkg/credentialprovider/config.go): `auth` stands over
 * `username` and `password`; tokens and credential helpers are passed over. Throws `NoLogin` for a text that is no JSON
 * object.
 */
export function readDockerConfig(text: string, form: DockerConfigForm = 'config.json'): DockerConfig {
	const file = parseJson(text);
	if (!isRecord(file)) throw new NoLogin('is not a docker config.json: it holds no JSON object');
	const ignored = form === 'config.json' ? helpers.filter((name) => name in file) : [];
	const auths = form === 'config.json' ? file['auths'] : file;
	if (!isRecord(auths)) {
		const lacks = ignored.length > 0 ? 'names only credential helpers, which are not run' : 'has no "auths"';
		return { entries: [], lacks, ignored };
	}
	return { entries: Object.entries(auths).slice(0, mostEntries).map(readEntry), ignored };
}

/** The entries that speak of an image, in the order in which the kubelet tries them. `image` as in `matchesImage`. */
export function matchEntries({ entries }: DockerConfig, image: string): readonly DockerConfigEntry[] {
	const keyed = Map.groupBy(entries, ({ location }) => credentialKey(location));
	const keys = [...keyed.keys()].filter((key) => key !== undefined).toSorted(compareKeys);
	const matching = keys.filter((key) => matchesImage(key, image));
	const fallback = matching.length === 0 && isDockerHubImage(image) ? ['index.docker.io'] : [];
	return [...matching, ...fallback].flatMap((key) => keyed.get(key) ?? []);
}

/**
 * The logins for an image, in the order in which the kubelet tries them. An entry without user and password is left
 * out: the kubelet would try it as an anonymous pull and then go on to the next.
 */
export function matchLogins(config: DockerConfig, image: string): readonly Login[] {
	return matchEntries(config, image).flatMap(({ login }) => login ?? []);
}

/**
 * The login that the text of a docker config.json holds for the first of `images` that has an entry. Docker Hub's
 * images go by the host that is asked too. Throws `NoLogin`.
 */
export function loginFor(text: string, images: readonly string[]): Login {
	const config = readDockerConfig(text);
	if (config.lacks !== undefined) throw new NoLogin(config.lacks);
	const found = images.flatMap(spellings).map((image) => matchEntries(config, image));
	const entries = found.find(({ length }) => length > 0) ?? [];
	const [login] = entries.flatMap((entry) => entry.login ?? []);
	if (login) return login;
	throw new NoLogin(entries[0]?.lacks ?? 'has no entry for this registry under "auths"');
}

function spellings(image: string): readonly string[] {
	const [host = '', ...path] = image.split('/');
	return isDockerHub(host) && host !== 'docker.io' ? [image, ['docker.io', ...path].join('/')] : [image];
}

function readEntry([location, value]: readonly [string, unknown]): DockerConfigEntry {
	const entry = value === null ? {} : value;
	if (!isRecord(entry)) return { location, lacks: 'has an entry that is no map', malformed: true, ignored: [] };
	const { auth, username, password } = entry;
	const ignored = tokens.filter((name) => isFilled(entry[name]));
	if ([auth, username, password].some((field) => field !== undefined && field !== null && typeof field !== 'string')) {
		return { location, lacks: 'has an entry with a login that is no text', malformed: true, ignored };
	}
	if (isFilled(auth)) {
		const login = decodeAuth(auth);
		if (login) return { location, login, ignored };
		return { location, lacks: 'has an "auth" that is not base64 of user:password', malformed: true, ignored };
	}
	if (isFilled(username) && isFilled(password)) {
		return { location, login: { username, password: new Secret(password) }, ignored };
	}
	const lacks = ignored.length > 0 ? 'has only a token, which is not used' : 'has no user and password';
	return { location, lacks, ignored };
}
