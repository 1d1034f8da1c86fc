import type { Proxy, Target } from '../plan/target.ts';
import { loginFor } from '../registry/dockerConfig.ts';
import { hostOf } from '../registry/endpoint.ts';
import { loginExpiry } from '../registry/loginExpiry.ts';
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
	readonly proxy: { readonly kind: string; readonly login?: Login } & Partial<
		Pick<Proxy, 'scheme' | 'hostname' | 'port'>
	>;
}

/** The part of the configuration that holds the logins of proxies: one for all, or one for a registry. */
export interface ProxyLogins extends WithProxy {
	readonly registries?: readonly (WithProxy & { readonly name: string })[];
}

export interface LoginOptions extends ProviderOptions {
	/** Where the node's own logins come from; without it `node` is anonymous. */
	readonly node?: NodeSources;
	/** The login of the proxy that the node's runtime uses. */
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
		const proxy = target.proxy?.login === true ? (choiceFor(proxies, target) ?? nodeProxyLogin?.(target)) : undefined;
		return { ...(registry && { registry }), ...(proxy && { proxy }) };
	};
}

/** Another file, or another source, is another login. */
function keyOf({ id, credentials }: Target): string {
	return `${id} ${credentials.source} ${credentials.source === 'file' ? credentials.file : ''}`;
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

/** The login that the configuration gives the target's proxy, and no other one; none where the proxy is the node's. */
function choiceFor({ proxy, registries = [] }: ProxyLogins, { registry, proxy: used }: Target): Login | undefined {
	const named = registries.filter(({ name }) => name === registry);
	const choices = [...named, { proxy }, ...registries].map((one) => one.proxy);
	return choices.find((one) => one.login && isSame(one, used))?.login;
}

function isSame(one: WithProxy['proxy'], other: Proxy | undefined): boolean {
	return one.scheme === other?.scheme && one.hostname === other?.hostname && one.port === other?.port;
}

/** Whether this machine has run out of descriptors or processes, which says nothing about what was to be read. */
function isExhausted(error: unknown): boolean {
	const code = error instanceof Error && 'code' in error ? error.code : undefined;
	return code === 'EMFILE' || code === 'ENFILE' || code === 'EAGAIN' || code === 'ENOMEM';
}
