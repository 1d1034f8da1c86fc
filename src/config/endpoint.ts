import { type Endpoint, endpointOf } from '../registry/endpoint.ts';
import { readHostPort } from '../registry/hostPort.ts';
import { Wrong } from './fault.ts';

const example = 'write for example https://mirror.example:5000';

/** A host with its scheme and nothing behind it: `https://mirror.example:5000`; `http://` means plain http. */
export function readEndpoint(value: unknown): Endpoint | Wrong {
	const url = typeof value === 'string' ? URL.parse(value) : null;
	const endpoint = url && endpointOf(url);
	if (!url || !endpoint || !readHostPort(url.host)) {
		return new Wrong('is not a host with its scheme', example, withScheme(value));
	}
	if (url.username !== '' || url.password !== '') return new Wrong('holds a login', 'use the key credentials');
	if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
		return new Wrong('has more than scheme, host and port', example, `write ${url.origin}`);
	}
	return endpoint.port === 0 ? new Wrong('has no port between 1 and 65535', example) : endpoint;
}

function withScheme(value: unknown): string | undefined {
	return typeof value === 'string' && readHostPort(value) ? `write https://${value}` : undefined;
}
