import { createSecureContext } from 'node:tls';

import { faultOfKeyPair } from '../registry/keyPair.ts';
import { isMap } from './entries.ts';
import { Wrong } from './fault.ts';
import { readListen } from './listen.ts';
import type { NamedFiles } from './namedFiles.ts';
import { readFile } from './readFile.ts';
import type { Finding } from './rules.ts';

const mostBytes = 1024 ** 2;

/** What is wrong between `listen`, `tls` and `authentication`. */
export function listenerRules(value: unknown): Finding[] {
	const { listen, tls, authentication } = isMap(value) ? value : {};
	const at = readListen(listen ?? '[::]:9917');
	if (authentication !== 'kubernetes' || isMap(tls) || at instanceof Wrong || isLoopbackOnly(at.host)) return [];
	const wrong = new Wrong(
		'would have tokens cross the network in plain text',
		'add tls: { certificate: …, key: … }, or listen on 127.0.0.1',
	);
	return [{ path: ['authentication'], wrong }];
}

function isLoopbackOnly(host: string): boolean {
	return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

/** Reads the certificate and the key of the listener, and says what is wrong with them. */
export async function checkListenerFiles(value: unknown, at: (path: string) => string): Promise<NamedFiles> {
	const tls = isMap(value) ? value['tls'] : undefined;
	if (!isMap(tls) || !isPath(tls['certificate']) || !isPath(tls['key'])) return { files: [], findings: [] };
	const [certificateFile, keyFile] = [at(tls['certificate']), at(tls['key'])];
	const [certificate, key] = await Promise.all([readFile(certificateFile, mostBytes), readFile(keyFile, mostBytes)]);
	const findings: Finding[] = [
		...(certificate instanceof Wrong ? [{ path: ['tls', 'certificate'], wrong: certificate }] : []),
		...(key instanceof Wrong ? [{ path: ['tls', 'key'], wrong: key }] : []),
	];
	if (typeof certificate === 'string' && typeof key === 'string') findings.push(...faultsOfPair(certificate, key));
	return { files: [...new Set([certificateFile, keyFile])], findings };
}

function faultsOfPair(certificate: string, key: string): Finding[] {
	const fault = faultOfKeyPair(certificate, key) ?? faultOfContext(certificate, key);
	if (fault === undefined) return [];
	const wrong = new Wrong(`cannot be used: ${fault}`, 'name the PEM files of one certificate and its key');
	return [{ path: ['tls', 'certificate'], wrong }];
}

/** What OpenSSL has against them, which looks at the whole chain. */
function faultOfContext(cert: string, key: string): string | undefined {
	try {
		createSecureContext({ cert, key });
		return undefined;
	} catch {
		return 'TLS refuses its certificates';
	}
}

function isPath(value: unknown): value is string {
	return typeof value === 'string' && value !== '' && !value.includes('\0');
}
