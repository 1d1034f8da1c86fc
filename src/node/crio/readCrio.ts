import { printable } from '../../registry/redact.ts';
import type { NodeFault } from '../fault.ts';
import { readHostCertificates } from './certificates.ts';
import { readCrioConf } from './crioConf.ts';
import type { CrioFacts } from './facts.ts';
import { type CrioPaths, usualPaths } from './paths.ts';
import { readRecorded } from './recorded.ts';
import { readRegistriesConf } from './registries.ts';

/** More would help nobody. */
const mostFaults = 500;

/**
 * What the node below `root` says about CRI-O's pulls: containers-registries.conf(5), containers-certs.d(5) and
 * crio.conf(5). What cannot be read or used is a fault in the facts. Throws only while this process, or the machine, is
 * out of descriptors.
 */
export function readCrio(root: string, paths: CrioPaths = usualPaths): CrioFacts {
	const own: NodeFault[] = [];
	const crioConf = readCrioConf(root, paths, own);
	const registries = readRegistriesConf(root, paths);
	const recorded = readRecorded(root, own);
	const certificates = readHostCertificates(root, paths.home, own);
	return {
		present: crioConf.present,
		registries: registries.facts,
		recorded,
		settings: crioConf.settings,
		certificates,
		faults: [...registries.faults, ...own].slice(0, mostFaults).map((fault) => ({
			...fault,
			file: printable(fault.file, 4096),
		})),
	};
}
