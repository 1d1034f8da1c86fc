import type { DockerConfig } from './dockerConfig.ts';
import type { Login } from './secret.ts';

/**
 * The login that an auth.json holds for an image, as CRI-O finds it: the longest path that is a key, down to the host;
 * then a key of docker, with a scheme, by its host alone
 * (https://github.com/containers/image/blob/main/docs/containers-auth.json.5.md). `image` is its name without tag:
 * `docker.io/library/busybox`.
 */
export function containersLogin({ entries }: DockerConfig, image: string): Login | undefined {
	const parts = image.split('/');
	const prefixes = parts.map((_, index) => parts.slice(0, parts.length - index).join('/'));
	const exact = prefixes.map((prefix) => entries.find(({ location }) => location === prefix));
	const host = normalHost(parts[0] ?? '');
	const found =
		exact.find((entry) => entry !== undefined) ?? entries.find(({ location }) => hostOfKey(location) === host);
	return found?.login;
}

function hostOfKey(location: string): string {
	const plain = location.replace(/^https?:\/\//, '');
	return normalHost(plain === location ? location : (plain.split('/', 1)[0] ?? ''));
}

/** Docker Hub goes by several names. */
function normalHost(host: string): string {
	return host === 'docker.io' || host === 'registry-1.docker.io' ? 'index.docker.io' : host;
}
