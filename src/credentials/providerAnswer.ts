import type { DockerConfig, DockerConfigEntry } from '../registry/dockerConfig.ts';
import { readGoDuration } from '../registry/goDuration.ts';
import { isRecord, parseJson } from '../registry/json.ts';
import { Secret } from '../registry/secret.ts';
import { ProviderFailure } from './providerFailure.ts';

/** What a provider answered. */
export interface ProviderAnswer {
	/** For what the answer holds: this image, all images of its registry, or all images. */
	readonly cacheKeyType: 'Image' | 'Registry' | 'Global';
	/** Seconds; absent where the provider does not say. */
	readonly cacheDuration?: number;
	readonly config: DockerConfig;
}

const cacheKeyTypes = ['Image', 'Registry', 'Global'] as const;
const keys = new Set(['apiVersion', 'kind', 'cacheKeyType', 'cacheDuration', 'auth']);
const loginKeys = new Set(['username', 'password']);

/**
 * Reads a CredentialProviderResponse as strictly as the kubelet does
 * (https://kubernetes.io/docs/reference/config-api/kubelet-credentialprovider.v1/). `apiVersion` is that of the request.
 * Throws `ProviderFailure`.
 */
export function readProviderAnswer(text: string, apiVersion: string): ProviderAnswer {
	const answer = parseJson(text);
	if (!isRecord(answer)) throw new ProviderFailure('its answer is no JSON object');
	if (answer['apiVersion'] !== apiVersion)
		throw new ProviderFailure('its answer has another apiVersion than was asked for');
	if (answer['kind'] !== 'CredentialProviderResponse') throw new ProviderFailure('its answer is of another kind');
	if (!hasOnly(answer, keys)) throw new ProviderFailure('its answer has a key that the API does not know');
	const cacheKeyType = cacheKeyTypes.find((type) => type === answer['cacheKeyType']);
	if (!cacheKeyType) throw new ProviderFailure('its answer has no cacheKeyType of Image, Registry or Global');
	const cacheDuration = readCacheDuration(answer['cacheDuration'] ?? undefined);
	const config = { entries: readAuth(answer['auth'] ?? {}), ignored: [] };
	return { cacheKeyType, ...(cacheDuration !== undefined && { cacheDuration }), config };
}

function readCacheDuration(value: unknown): number | undefined {
	if (value === undefined) return undefined;
	const seconds = typeof value === 'string' ? readGoDuration(value) : undefined;
	if (seconds === undefined) throw new ProviderFailure('its answer has a cacheDuration that is none');
	return seconds;
}

function readAuth(value: unknown): readonly DockerConfigEntry[] {
	if (!isRecord(value)) throw new ProviderFailure('its answer has an auth that is no map');
	return Object.entries(value).map(([location, login]) => {
		if (!isRecord(login) || !hasOnly(login, loginKeys)) {
			throw new ProviderFailure('its answer has a login that is no map of username and password');
		}
		const { username = '', password = '' } = login;
		if (typeof username !== 'string' || typeof password !== 'string') {
			throw new ProviderFailure('its answer has a login that is no text');
		}
		// ACR's provider answers with an empty login where a pull is to be anonymous.
		if (username === '' || password === '') return { location, lacks: 'has no user and password', ignored: [] };
		return { location, login: { username, password: new Secret(password) }, ignored: [] };
	});
}

function hasOnly(map: Readonly<Record<string, unknown>>, known: ReadonlySet<string>): boolean {
	return Object.keys(map).every((key) => known.has(key));
}
