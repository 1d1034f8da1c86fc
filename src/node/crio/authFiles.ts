import { type DockerConfig, NoLogin, readDockerConfig } from '../../registry/dockerConfig.ts';
import type { NodeFault } from '../fault.ts';
import { readNodeFile } from '../nodeFile.ts';

/** A file in which CRI-O looks for logins, as it stands there; matched by `containersLogin`. */
export interface AuthFile {
	readonly file: string;
	readonly config: DockerConfig;
}

/** The files that the library of CRI-O reads as root, in its order (containers-auth.json(5)). */
const defaultFiles = [
	'/run/containers/0/auth.json',
	'/root/.config/containers/auth.json',
	'/root/.docker/config.json',
	'/root/.dockercfg',
];

/**
 * The files that CRI-O reads for pulls that come without a login, and for mirrors. `globalAuthFile` is the setting
 * `global_auth_file` of crio.conf, which stands in place of the others. Throws only when out of descriptors.
 */
export function readAuthFiles(
	root: string,
	globalAuthFile?: string,
): { readonly files: readonly AuthFile[]; readonly faults: readonly NodeFault[] } {
	const files: AuthFile[] = [];
	const faults: NodeFault[] = [];
	for (const file of globalAuthFile === undefined ? defaultFiles : [globalAuthFile]) {
		const found = readNodeFile(root, file);
		if (found.state === 'unreadable') faults.push(found.fault);
		if (found.state !== 'read') continue;
		try {
			files.push({
				file,
				config: readDockerConfig(found.text, file.endsWith('/.dockercfg') ? '.dockercfg' : undefined),
			});
		} catch (error) {
			if (!(error instanceof NoLogin)) throw error;
			faults.push({ file, fault: 'file_invalid', detail: `${error.message}; CRI-O fails every pull over it` });
		}
	}
	return { files, faults };
}
