import type { ListenerTls } from '../config/config.ts';
import { ConfigurationError } from '../config/fault.ts';
import { readFile } from '../config/readFile.ts';
import type { KeyPair } from '../server/secureServer.ts';
import type { RunningServer } from '../server/startServer.ts';
import type { Log } from './log.ts';

const mostBytes = 1024 ** 2;

/** The listener's certificate and key. Throws `ConfigurationError` for what has become unreadable since it was checked. */
export async function readKeyPair({ certificate, key }: ListenerTls): Promise<KeyPair> {
	const [certificates, secret] = await Promise.all([textOf(certificate), textOf(key)]);
	return { certificate: certificates, key: secret };
}

/** Shows the certificate that the files hold now. One that was replaced half way stays unused: the next reload has it whole. */
export async function renewListener(server: Pick<RunningServer, 'renew'>, tls: ListenerTls, log: Log): Promise<void> {
	const pair = await readKeyPair(tls);
	try {
		server.renew(pair);
	} catch (error) {
		log.error('the certificate of the listener cannot be used', { file: tls.certificate, error: String(error) });
	}
}

async function textOf(file: string): Promise<string> {
	const text = await readFile(file, mostBytes);
	if (typeof text === 'string') return text;
	throw new ConfigurationError([{ file, path: 'tls', wrong: `the file ${text.wrong}`, remedy: text.remedy }], [file]);
}
