import { InvalidProxyUrl, parseProxyUrl } from '../registry/proxyUrl.ts';
import type { ProxyChoice } from './config.ts';
import { Wrong } from './fault.ts';

const example = 'write node, none or for example http://proxy.example:3128';

/** `node`, `none`, or the URL of a proxy as HTTPS_PROXY has it; a login may stand in it. */
export function readProxy(value: unknown): ProxyChoice | Wrong {
	if (value === 'node' || value === 'none') return { kind: value };
	// A lone word is a slip of `node` or `none` more often than a host.
	const word = typeof value === 'string' && /^[\w-]*$/.test(value) && value !== 'localhost';
	if (typeof value !== 'string' || word) return new Wrong('is not a proxy', example);
	try {
		return { kind: 'url', ...parseProxyUrl(value) };
	} catch (error) {
		if (!(error instanceof InvalidProxyUrl)) throw error;
		const [said = '', remedy = example] = error.message.split('; ');
		return new Wrong(`cannot be used: ${said}`, remedy);
	}
}
