import { dirname, resolve } from 'node:path';

import { holdsCertificate } from '../registry/certificates.ts';
import { loginFor, NoLogin } from '../registry/dockerConfig.ts';
import { hostOf } from '../registry/endpoint.ts';
import { readEndpoint } from './endpoint.ts';
import { entriesOf, isMap, type Raw } from './entries.ts';
import { Wrong } from './fault.ts';
import { readImage } from './image.ts';
import { checkListenerFiles } from './listener.ts';
import { readFile } from './readFile.ts';
import type { Finding } from './rules.ts';

/** Bundles of all public authorities have a quarter of it. */
const mostBytes = 4 * 1024 ** 2;

/** What the files that the configuration names look like. */
export interface NamedFiles {
	/** Their paths, each once, readable or not. */
	readonly files: readonly string[];
	readonly findings: readonly Finding[];
}

/** A path as it stands in the file `from`: relative ones start where that file is. */
export function fromFile(from: string, path: string): string {
	return resolve(dirname(from), path);
}

/** Reads the files of the listener, and the CA and credential files that the entries name, and says what is wrong with them. */
export async function checkNamedFiles(file: string, value: unknown): Promise<NamedFiles> {
	const checks = entriesOf(value).flatMap(({ path, entry }) => {
		const { ca, credentials } = entry;
		const login = isMap(credentials) ? credentials['file'] : undefined;
		return [
			...(isPath(ca) ? [{ path: [...path, 'ca'], file: fromFile(file, ca), judge: judgeCertificates }] : []),
			...(isPath(login)
				? [{ path: [...path, 'credentials', 'file'], file: fromFile(file, login), judge: judgeLogin(entry) }]
				: []),
		];
	});
	const findings: Finding[] = [];
	// One after the other: a file for each of hundreds of entries would take all descriptors and much memory at once.
	for (const { path, file: named, judge } of checks) {
		const text = await readFile(named, mostBytes);
		const wrong = text instanceof Wrong ? text : judge(text);
		if (wrong) findings.push({ path, wrong });
	}
	const listener = await checkListenerFiles(value, (path) => fromFile(file, path));
	const files = [...listener.files, ...checks.map((check) => check.file)];
	return { files: [...new Set(files)], findings: [...listener.findings, ...findings] };
}

function isPath(value: unknown): value is string {
	return typeof value === 'string' && value !== '' && !value.includes('\0');
}

function judgeCertificates(text: string): Wrong | undefined {
	if (holdsCertificate(text)) return undefined;
	return new Wrong('holds no certificate', 'name a PEM file with -----BEGIN CERTIFICATE-----');
}

/** The names whose login the entry asks for, as `credentials/` looks them up for a target. */
function loginImages(entry: Raw): readonly string[] {
	const { name } = entry;
	const image = readImage(entry['image']);
	const endpoint = readEndpoint(entry['endpoint']);
	const ownImage = name === 'docker.io' || name === 'index.docker.io' ? 'library/hello-world' : 'library/busybox';
	const repository = image instanceof Wrong ? ownImage : image.repository;
	const hosts = [
		...(typeof name === 'string' ? [name] : []),
		...(image instanceof Wrong ? [] : [image.domain]),
		...(endpoint instanceof Wrong ? [] : [hostOf(endpoint)]),
	];
	return hosts.map((host) => `${host}/${repository}`);
}

function judgeLogin(entry: Raw): (text: string) => Wrong | undefined {
	return (text) => {
		try {
			loginFor(text, loginImages(entry));
			return undefined;
		} catch (error) {
			if (!(error instanceof NoLogin)) throw error;
			return new Wrong(error.message, 'write {"auths": {"HOST": {"username": …, "password": …}}}');
		}
	};
}
