import type { Target } from '../plan/target.ts';
import { loginFor } from '../registry/dockerConfig.ts';
import { hostOf } from '../registry/endpoint.ts';
import type { Login } from '../registry/secret.ts';
import { readCredentialFile } from './readCredentialFile.ts';

/** The logins of one attempt. */
export interface Logins {
	readonly registry?: Login;
	readonly proxy?: Login;
}

interface WithProxy {
	readonly proxy: { readonly kind: string; readonly login?: Login };
}

/** The part of the configuration that holds the logins of proxies: one for all, or one for a registry. */
export interface ProxyLogins extends WithProxy {
	readonly registries?: readonly (WithProxy & { readonly name: string })[];
}

/**
 * A function from a target to its logins. Files are read at the moment of use, so that a changed file counts at once.
 * While a file cannot be read or has no entry for the registry, its last good login is used, as a bad configuration
 * leaves the old one in force; without one the attempt is anonymous: that the file is bad is a fault of the
 * configuration, which is told there. Rejects only when this process is out of descriptors and has no login to go on
 * with, because an anonymous attempt would then blame the registry.
 */
export function createLogins(proxies: ProxyLogins): (target: Target) => Promise<Logins> {
	const lastGood = new Map<string, Login>();

	const registryLogin = async (target: Target): Promise<Login | undefined> => {
		const { credentials, id } = target;
		if (credentials.source !== 'file') return undefined;
		const key = `${id} ${credentials.file}`;
		try {
			lastGood.set(key, loginFor(await readCredentialFile(credentials.file), loginImages(target)));
		} catch (error) {
			// The last good one, if there is any.
			if (isExhausted(error) && !lastGood.has(key)) throw error;
		}
		return lastGood.get(key);
	};

	return async (target) => {
		const registry = await registryLogin(target);
		const proxy = proxyLogin(proxies, target);
		return { ...(registry && { registry }), ...(proxy && { proxy }) };
	};
}

/** The names under which a credential file may hold the target's login, in this order. */
function loginImages({ registry, image, endpoint }: Target): readonly string[] {
	return [registry, image.domain, hostOf(endpoint)].map((host) => `${host}/${image.repository}`);
}

function proxyLogin({ proxy, registries = [] }: ProxyLogins, target: Target): Login | undefined {
	if (!target.proxy?.login) return undefined;
	return (registries.find(({ name }) => name === target.registry)?.proxy ?? proxy).login;
}

function isExhausted(error: unknown): boolean {
	return error instanceof Error && 'code' in error && (error.code === 'EMFILE' || error.code === 'ENFILE');
}
