import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import type { ProviderProgram } from '../../src/credentials/provider.ts';
import { Secret } from '../../src/registry/secret.ts';

/** What a credential provider is asked, and with which words and environment. */
export interface ProviderRequest {
	readonly request: unknown;
	readonly words: readonly string[];
	readonly environment: Readonly<Record<string, string>>;
}

/** A program that speaks the kubelet's plug-in API. */
export interface FakeProvider {
	/** Its path. */
	readonly executable: string;
	/** Everything that it was asked, in order. */
	readonly requests: () => Promise<readonly ProviderRequest[]>;
	/** What it does from now on: JavaScript in which `request`, `answer(auth, more)` and `print(text)` are known. */
	readonly does: (body: string) => Promise<void>;
}

const apiVersion = 'credentialprovider.kubelet.k8s.io/v1';

const program = (log: string, body: string) => `#!${process.execPath}
const fs = require('node:fs');
const request = JSON.parse(fs.readFileSync(0, 'utf8'));
fs.appendFileSync(${JSON.stringify(log)}, JSON.stringify({ request, words: process.argv.slice(2), environment: process.env }) + '\\n');
const print = (text) => fs.writeSync(1, text);
const answer = (auth, more = {}) => print(JSON.stringify({
	apiVersion: ${JSON.stringify(apiVersion)}, kind: 'CredentialProviderResponse', cacheKeyType: 'Registry', auth, ...more,
}));
${body}
`;

/** Writes a provider as an executable file. */
export async function makeProvider(executable: string, body: string): Promise<FakeProvider> {
	const log = `${executable}.log`;
	const does = (next: string) => writeFile(executable, program(log, next), { mode: 0o755 });
	await mkdir(dirname(executable), { recursive: true });
	await appendFile(log, '');
	await does(body);
	return {
		executable,
		does,
		async requests() {
			const lines = (await readFile(log, 'utf8')).split('\n').filter((line) => line !== '');
			return lines.map((line) => JSON.parse(line) as ProviderRequest);
		},
	};
}

/** What the node's configuration says of a provider. */
export function programOf(executable: string, settings: Partial<ProviderProgram> = {}): ProviderProgram {
	return {
		file: '/etc/providers.yaml',
		line: 4,
		name: 'fake',
		apiVersion,
		matchImages: ['*.example'],
		defaultCacheDuration: 0,
		arguments: ['get', '--v=1'],
		environment: [{ name: 'PROFILE', value: new Secret('node') }],
		program: '/opt/bin/fake',
		executable,
		inherited: () => ({ PATH: '/usr/bin:/bin', PROFILE: 'kubelet' }),
		...settings,
	};
}
