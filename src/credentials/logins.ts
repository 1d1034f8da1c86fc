import type { Target } from '../plan/target.ts';
import { loginFor } from '../registry/dockerConfig.ts';
import { hostOf } from '../registry/endpoint.ts';
import { loginExpiry } from '../registry/loginExpiry.ts';
import { isSameProxy, type ProxyAddress } from '../registry/proxyUrl.ts';
import type { Login } from '../registry/secret.ts';
import { createNodeLogins, type NodeSources } from './nodeLogins.ts';
import type { ProviderOptions } from './provider.ts';
import { readCredentialFile } from './readCredentialFile.ts';

/** The logins of one attempt. */
export interface Logins {
	readonly registry?: Login;
	readonly proxy?: Login;
}

interface WithProxy {
	readonly proxy: { readonly kind: string; readonly login?: Login } & Partial<ProxyAddress>;
}

/** The part of the configuration that holds the logins of proxies: one for all, or one for a registry. */
export interface ProxyLogins extends WithProxy {
	readonly registries?: readonly (WithProxy & { readonly name: string })[];
}

export interface LoginOptions extends ProviderOptions {
	/** Where the node's own logins come from; without it `node` is anonymous. */
	readonly node?: NodeSources;
	/** The login of the proxy that the node's runtime uses; undefined where the target's proxy is another one. */
	readonly nodeProxyLogin?: (target: Target) => Login | undefined;
	/** Told the login of each attempt on a target that may have one. */
	readonly onLogin?: (target: Target, login: Login | undefined) => void;
}

/**
 * A function from a target to its logins. Files are read at the moment of use, so that a changed file counts at once.
 * While a file cannot be read or has no entry for the registry, its last good login is used, as a bad configuration
 * leaves the old one in force; without one the attempt is anonymous: that the file is bad is a fault of the
 * configuration, or of the node, which is told there. What the node no longer has is no longer used. Rejects only when
 * this process is out of descriptors and has no login to go on with, because an anonymous attempt would then blame the
 * registry.
 */
export function createLogins(
	proxies: ProxyLogins,
	{ node, nodeProxyLogin, onLogin, ...options }: LoginOptions = {},
): (target: Target) => Promise<Logins> {
	const lastGood = new Map<string, Login>();
	const nodeLogin = node && createNodeLogins(node, options);

	const read = async (target: Target): Promise<Login | undefined> => {
		const { credentials } = target;
		if (credentials.source === 'node') return nodeLogin?.(target);
		if (credentials.source !== 'file') return undefined;
		return { ...loginFor(await readCredentialFile(credentials.file), loginImages(target)), source: 'file' };
	};

	const registryLogin = async (target: Target): Promise<Login | undefined> => {
		const key = keyOf(target);
		try {
			const login = await read(target);
			if (login) lastGood.set(key, withExpiry(login));
			else lastGood.delete(key);
		} catch (error) {
			// The last good one, if there is any.
			if (isExhausted(error) && !lastGood.has(key)) throw error;
		}
		return lastGood.get(key);
	};

	return async (target) => {
		const registry = await registryLogin(target);
		if (target.credentials.source !== 'anonymous') onLogin?.(target, registry);
		const proxy = target.proxy?.login === true ? proxyLogin(proxies, target, nodeProxyLogin) : undefined;
		return { ...(registry && { registry }), ...(proxy && { proxy }) };
	};
}

/** Another file, another source, or less of a file is another login. */
function keyOf({ id, credentials }: Target): string {
	return JSON.stringify([id, credentials]);
}

function withExpiry(login: Login): Login {
	const notAfter = login.notAfter ?? loginExpiry(login);
	return notAfter === undefined ? login : { ...login, notAfter };
}

/** The names under which a credential file may hold the target's login, in this order. */
function loginImages({ registry, image, endpoint, credentials }: Target): readonly string[] {
	const own = hostOf(endpoint);
	const only = credentials.source === 'file' && credentials.ownHost === true;
	return (only ? [own] : [registry, image.domain, own]).map((host) => `${host}/${image.repository}`);
}

/**
 * The login of the target's proxy, and never one of another proxy: what the configuration says for its registry, else the
 * node's own, else what stands beside the same proxy at another registry, which is how a pod's image is found.
 */
function proxyLogin(
	{ proxy, registries = [] }: ProxyLogins,
	target: Target,
	nodeProxyLogin: LoginOptions['nodeProxyLogin'],
): Login | undefined {
	const loginAt = (one: WithProxy['proxy']) => (isSameProxy(one, target.proxy) ? one.login : undefined);
	const chosen = registries.find(({ name }) => name === target.registry)?.proxy ?? proxy;
	const elsewhere = () => registries.map((one) => loginAt(one.proxy)).find((login) => login !== undefined);
	return loginAt(chosen) ?? nodeProxyLogin?.(target) ?? elsewhere();
}

/** Whether this machine has run out of descriptors or processes, which says nothing about what was to be read. */
function isExhausted(error: unknown): boolean {
	const code = error instanceof Error && 'code' in error ? error.code : undefined;
	return code === 'EMFILE' || code === 'ENFILE' || code === 'EAGAIN' || code === 'ENOMEM';
}
