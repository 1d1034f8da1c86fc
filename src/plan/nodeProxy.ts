import type { EnvironmentSetting, RuntimeEnvironment } from '../node/environment/environment.ts';
import type { NodeFault, Place } from '../node/fault.ts';
import type { Endpoint } from '../registry/endpoint.ts';
import { bypassesProxy } from '../registry/noProxy.ts';
import { InvalidProxyUrl, isSameProxy, parseProxyUrl, type ProxyUrl } from '../registry/proxyUrl.ts';
import { printable } from '../registry/redact.ts';
import type { Login, Secret } from '../registry/secret.ts';
import { type ProxyAsGo, proxyAsGo } from './proxyAsGo.ts';
import type { Proxy, Target } from './target.ts';

/** How the node's runtime reaches an endpoint. */
export interface NodeProxy {
	/** The proxy for endpoints of this scheme, also where `noProxy` excepts this one; absent where none is set. */
	readonly proxy?: Proxy;
	/** The login that stands in the proxy's URL. */
	readonly login?: Login;
	/** The text of NO_PROXY. */
	readonly noProxy: string;
	/** Whether this endpoint is reached without the proxy. */
	readonly direct: boolean;
}

/**
 * The proxy that a Go program in this environment uses for an endpoint, as http.ProxyFromEnvironment chooses it
 * (https://pkg.go.dev/net/http#ProxyFromEnvironment): HTTPS_PROXY for https, HTTP_PROXY for http, ALL_PROXY never,
 * `localhost` and loopback addresses never through one. A malformed value is taken as Go takes it. Never throws.
 */
export function nodeProxy(environment: RuntimeEnvironment, endpoint: Endpoint): NodeProxy {
	const setting = endpoint.scheme === 'https' ? environment.httpsProxy : environment.httpProxy;
	const noProxy = environment.noProxy?.value ?? '';
	const url = setting && read(setting.value).url;
	if (!setting || !url) return { noProxy, direct: true };
	const { login, scheme, hostname, port } = url;
	const proxy = { scheme, hostname, port, login: login !== undefined, source: textOf(setting.source) };
	return { proxy, ...(login && { login }), noProxy, direct: bypassesProxy(endpoint, noProxy) };
}

/** The login of a target's proxy, where that is the one of this environment; a login goes to the proxy that it is for. */
export function nodeProxyLogin(
	environment: RuntimeEnvironment,
	{ endpoint, proxy: used }: Pick<Target, 'endpoint' | 'proxy'>,
): Login | undefined {
	const { proxy, login } = nodeProxy(environment, endpoint);
	return proxy && isSameProxy(proxy, used) ? login : undefined;
}

/** What is wrong with the proxies of an environment, each once, and what the runtime does about it. */
export function proxyFaults(environment: RuntimeEnvironment): NodeFault[] {
	const settings = [environment.httpsProxy, environment.httpProxy].filter((one) => one !== undefined);
	return settings.flatMap((setting) => {
		const { url, wrong } = read(setting.value);
		return wrong === undefined ? [] : [faultOf(setting, wrong, url)];
	});
}

/** What Go makes of a value, with the login that our own parser finds in it. */
function read(value: Secret): ProxyAsGo {
	const text = value.reveal();
	const taken = proxyAsGo(text);
	if (!taken.url || taken.wrong !== undefined) return taken;
	try {
		return { url: parseProxyUrl(text) };
	} catch (error) {
		if (!(error instanceof InvalidProxyUrl)) throw error;
		return { ...taken, wrong: error.message };
	}
}

function faultOf({ name, source }: EnvironmentSetting<Secret>, wrong: string, url?: ProxyUrl): NodeFault {
	const does = url
		? `the runtime takes ${url.hostname}:${url.port} for its proxy`
		: 'the runtime passes the value over and connects without a proxy';
	return { ...source, fault: 'setting_invalid', detail: printable(`${name}: ${wrong}; ${does}`, 400) };
}

function textOf({ file, line }: Place): string {
	return printable(line === undefined ? file : `${file}:${line}`);
}
