import type { RequestOptions } from 'node:https';

import { quotedPath, quotedWord } from '../../registry/quotable.ts';
import { ApiFailure } from '../apiFailure.ts';
import type { Concealing } from '../concealing.ts';
import type { KubeConfig } from './library.ts';
import { secretsIn, secretsOf } from './urlLogin.ts';

/** What the context of a kubeconfig logs in with. */
export interface KubeconfigLogin {
	/** Puts it on a request, with certificates and proxy. Throws `ApiFailure`. */
	apply(options: RequestOptions): Promise<void>;
	/** What the server, or a proxy before it, says, without what it was shown. */
	readonly conceal: (text: string) => string;
}

/** The login of the current context, which may come from a plug-in. */
export function kubeconfigLogin(config: KubeConfig, concealing: Concealing): KubeconfigLogin {
	const { server = '', proxyUrl = '' } = config.getCurrentCluster() ?? {};
	const urls = [server, proxyUrl].flatMap((text) => URL.parse(text) ?? []);
	const shown = new Set(urls.flatMap(secretsIn));
	return {
		async apply(options) {
			try {
				await config.applyToHTTPSOptions(options);
			} catch (error) {
				throw faultOf(config, error);
			}
			for (const secret of secretsOn(options)) shown.add(secret);
		},
		conceal: (text) => concealing([...shown])(text),
	};
}

function secretsOn({ headers = {}, auth }: RequestOptions): readonly string[] {
	const { Authorization: authorization } = headers as Readonly<Record<string, unknown>>;
	const [, token = ''] = typeof authorization === 'string' ? (/^\S+ +(.*)$/s.exec(authorization) ?? []) : [];
	const [, username = '', password = ''] = /^([^:]*):?(.*)$/s.exec(auth ?? '') ?? [];
	return [token.trim(), ...secretsOf(username, password)];
}

/** The words of what was thrown are left out: they quote what a plug-in printed, and what stands in the kubeconfig. */
function faultOf(config: KubeConfig, error: unknown): ApiFailure {
	const { code, syscall } = (error instanceof Error ? error : {}) as NodeJS.ErrnoException;
	const because = typeof code === 'string' && /^E[A-Z\d]+$/.test(code) ? ` (${code})` : '';
	if (syscall === 'open' || syscall === 'read') {
		return new ApiFailure(`a file that the kubeconfig names for its login cannot be read${because}`);
	}
	const plugin = pluginOf(config);
	if (plugin === undefined) {
		return new ApiFailure(`the login, the certificates or the proxy of the kubeconfig cannot be used${because}`);
	}
	return new ApiFailure(`${plugin} of the kubeconfig gives no login${because}; kubectl get nodes shows what it says`);
}

/** Undefined where the login stands in the kubeconfig itself. */
function pluginOf(config: KubeConfig): string | undefined {
	const { exec, authProvider } = config.getCurrentUser() ?? {};
	const [plugin, name]: readonly unknown[] = exec
		? [exec, fieldOf(exec, 'command')]
		: [authProvider, fieldOf(authProvider, 'name')];
	if (!plugin) return undefined;
	const shown = typeof name === 'string' ? quotedPath(name, quotedWord(name, '')) : '';
	return `the plug-in ${shown}`.trimEnd();
}

function fieldOf(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
