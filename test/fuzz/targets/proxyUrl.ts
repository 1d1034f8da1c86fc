import { proxyAsGo } from '../../../src/plan/proxyAsGo.ts';
import { bypassesProxy } from '../../../src/registry/noProxy.ts';
import { InvalidProxyUrl, parseProxyUrl } from '../../../src/registry/proxyUrl.ts';
import { allowing, gist, must, mustPrint } from '../contract.ts';
import type { Target } from '../target.ts';

const endpoints = ['registry.example', '10.1.2.3', '2001:db8::1', 'localhost', '\u00fc.example', 'fe80::1%eth0'].map(
	(hostname) => ({
		scheme: 'https' as const,
		hostname,
		port: 443,
	}),
);

/** The first line is the proxy, the others are NO_PROXY. */
function check(input: Buffer): readonly string[] {
	const text = input.toString();
	const [proxy = '', ...others] = text.split('\n');
	const noProxy = others.join('\n');
	const direct = endpoints.map((endpoint) => Number(bypassesProxy(endpoint, noProxy))).join('');
	return [`direct ${direct}`, own(proxy), asGo(proxy)];
}

function own(text: string): string {
	const found = allowing(() => parseProxyUrl(text), InvalidProxyUrl);
	if (found instanceof InvalidProxyUrl) {
		mustPrint(found.message, 120);
		return gist(found.message);
	}
	mustPrint(found.hostname, 253);
	must(found.port >= 1 && found.port <= 65_535, `port ${found.port}`);
	return `${found.scheme} ${found.login !== undefined} ${found.hostname.includes(':')}`;
}

function asGo(text: string): string {
	const { url, wrong } = proxyAsGo(text);
	if (wrong !== undefined) mustPrint(wrong, 200);
	must(!url || (url.port >= 0 && url.port <= 65_535), `port ${url?.port}`);
	return `go ${url?.scheme} ${gist(wrong ?? '')}`;
}

export const target: Target = {
	name: 'proxyUrl',
	source: 'src/registry/proxyUrl.ts, noProxy.ts; src/plan/proxyAsGo.ts',
	writer: 'the environment of the runtime, a configuration file',
	seeds: [
		'http://user:p%40ss@proxy.example:3128/x?y#z\n10.0.0.0/8,.corp.example,*.a.example,[2001:db8::1]:443,registry.example:443',
		'socks5h://[::1]:1080\n*',
		'proxy:3128\nlocalhost, 2001:db8::/32 ,::ffff:10.1.2.3,xn--tda.example',
		'http://us er@proxy:3128\n\u00fc.example',
	],
	words: [
		'http://',
		'https://',
		'socks5://',
		'@',
		':3128',
		'%41',
		'[',
		']',
		'/8',
		'/32',
		'/128',
		'::ffff:0:0/96',
		'*',
		'*.',
		'.',
		',',
		' ',
		'\u0085',
		'\t',
		'fe80::1%eth0',
	],
	check,
};
