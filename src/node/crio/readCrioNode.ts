import { posix } from 'node:path';

import { type AuthFile, readAuthFiles } from './authFiles.ts';
import type { CrioFacts } from './facts.ts';
import {
	certificateDirectories,
	homeRegistriesConf,
	homeRegistriesConfDir,
	recordedAliases,
	registriesConf,
	registriesConfDir,
	usualPaths,
} from './paths.ts';
import { readCrio } from './readCrio.ts';

/** What a node says about CRI-O's pulls, and where. */
export interface CrioNode extends CrioFacts {
	/** The files that hold logins for pulls that come without one. */
	readonly logins: readonly AuthFile[];
	/** The files and directories that all of it comes from. */
	readonly paths: readonly string[];
}

/** Reads CRI-O's configuration below `root` with the logins that it names. Throws only when this process is out of descriptors. */
export function readCrioNode(root: string): CrioNode {
	const facts = readCrio(root);
	const { files, faults } = readAuthFiles(root, facts.settings.globalAuthFile?.value);
	const { home, crioConf, crioConfDir } = usualPaths;
	const ofHome = [homeRegistriesConf, homeRegistriesConfDir, ...certificateDirectories];
	const paths = [crioConf, crioConfDir, registriesConf, registriesConfDir, recordedAliases];
	return {
		...facts,
		logins: files,
		faults: [...facts.faults, ...faults],
		paths: [...paths, ...ofHome.map((path) => posix.resolve(home, path))],
	};
}
