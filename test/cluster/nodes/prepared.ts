import type { Programs } from '../../kubernetes/parts.ts';
import type { NodePrograms } from './programs.ts';

/** What is made before the namespaces are entered, where there is no network any more. Plain data. */
export interface Prepared {
	readonly programs: Programs;
	readonly nodePrograms: NodePrograms;
	/** The directory with the images that every node is given. */
	readonly images: string;
	/** Name of the cgroup below which those of the nodes are; it is made and removed outside. */
	readonly cgroup: string;
}

const variable = 'REGISTRY_PROBE_NODES';

/** The environment that hands it on. */
export function handOver(prepared: Prepared): Readonly<Record<string, string>> {
	return { [variable]: JSON.stringify(prepared) };
}

/** What the program around this one has made. Throws where there is none. */
export function prepared(): Prepared {
	const text = process.env[variable];
	if (text === undefined)
		throw new Error('these tests run in namespaces of their own: node test/cluster/nodes/main.ts');
	return JSON.parse(text) as Prepared;
}
