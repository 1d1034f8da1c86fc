import { posix } from 'node:path';

import { credentialKey } from '../../registry/credentialMatch.ts';
import { type DockerConfig, type DockerConfigForm, NoLogin, readDockerConfig } from '../../registry/dockerConfig.ts';
import { listedLocation, quotedLocation } from '../../registry/quotable.ts';
import type { NodeFault } from '../fault.ts';
import { readNodeFile } from '../nodeFile.ts';
import type { Kubelet } from './kubelet.ts';

/** The logins that the kubelet has for the images of every pod, from a docker configuration on the node. */
export interface KubeletKeyring {
	/** The file that the kubelet uses; absent when there is none. */
	readonly file?: string;
	readonly config: DockerConfig;
	/** The locations that it has entries for, as the kubelet reads them, to be shown; `REDACTED` for what may be a login. */
	readonly keys: readonly string[];
	/** The file is there and this process cannot read it: what the kubelet has is unknown. */
	readonly unreadable: boolean;
	readonly faults: readonly NodeFault[];
}

/** Entries whose faults are told one by one. */
const mostTold = 20;
const nothing: DockerConfig = { entries: [], ignored: [] };

/**
 * The file that the kubelet would take, the first in its order that it can parse
 * (https://kubernetes.io/docs/concepts/containers/images/#config-json, and the code since 1.20:
 * https://github.com/kubernetes/kubernetes/blob/v1.35.0/pkg/credentialprovider/config.go). The kubelet keeps what it
 * read for 5 minutes. Throws only when out of descriptors.
 */
export function readKeyring(root: string, kubelet: KubeletPlace): KubeletKeyring {
	const faults: NodeFault[] = [];
	for (const { file, form } of keyringFiles(kubelet)) {
		const found = readNodeFile(root, file);
		if (found.state === 'missing') continue;
		if (found.state === 'unreadable') {
			return { file, config: nothing, keys: [], unreadable: true, faults: [...faults, found.fault] };
		}
		const config = parse(found.text, form);
		if (typeof config !== 'string') {
			return { file, config, keys: keysIn(config), unreadable: false, faults: [...faults, ...faultsIn(file, config)] };
		}
		faults.push({ file, fault: 'file_invalid', detail: `${config}; the kubelet passes over the file` });
	}
	return { config: nothing, keys: [], unreadable: false, faults };
}

type KubeletPlace = Pick<Kubelet, 'rootDirectory' | 'workingDirectory' | 'home'>;

/** Every file that the kubelet looks for, in its order. */
export function keyringFiles({ rootDirectory, workingDirectory, home }: KubeletPlace): readonly {
	readonly file: string;
	readonly form: DockerConfigForm;
}[] {
	const at = (...parts: readonly string[]) => posix.resolve(workingDirectory, ...parts);
	// Without HOME its place is taken by the working directory.
	const own = home ?? '.';
	const json = [at(rootDirectory), at(), at(own, '.docker'), '/.docker'].map((path) => posix.join(path, 'config.json'));
	const older = [at(rootDirectory), at(), at(own), '/'].map((path) => posix.join(path, '.dockercfg'));
	return [
		...[...new Set(json)].map((file) => ({ file, form: 'config.json' as const })),
		...[...new Set(older)].map((file) => ({ file, form: '.dockercfg' as const })),
	];
}

/** The configuration, or why the kubelet refuses it. */
function parse(text: string, form: DockerConfigForm): DockerConfig | string {
	try {
		const config = readDockerConfig(text, form);
		const broken = config.entries.find(({ malformed }) => malformed === true);
		return broken ? `${broken.lacks ?? ''} for ${shown(broken.location)}` : config;
	} catch (error) {
		if (!(error instanceof NoLogin)) throw error;
		return error.message;
	}
}

function keysIn({ entries }: DockerConfig): readonly string[] {
	return entries.flatMap(({ location }) => credentialKey(location) ?? []).map(listedLocation);
}

function shown(location: string): string {
	return quotedLocation(location, 'an entry');
}

function faultsIn(file: string, { entries, ignored }: DockerConfig): readonly NodeFault[] {
	const helpers = ignored.map((name): NodeFault => {
		return { file, fault: 'setting_ignored', detail: `${name}: the kubelet runs no credential helpers of docker` };
	});
	const told = entries.flatMap(({ location, login, ignored: fields }): NodeFault[] => {
		const name = shown(location);
		if (credentialKey(location) === undefined) {
			return [{ file, fault: 'setting_invalid', detail: `${name} is no location; the kubelet passes over it` }];
		}
		if (login || fields.length === 0) return [];
		const detail = `${name}: the kubelet does not use ${fields.join(' and ')}, and finds no user and password`;
		return [{ file, fault: 'setting_ignored', detail }];
	});
	return [...helpers, ...told.slice(0, mostTold)];
}
