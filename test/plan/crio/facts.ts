import type { CrioFacts } from '../../../src/node/crio/facts.ts';
import { readCrio } from '../../../src/node/crio/readCrio.ts';
import { makeNode } from '../../fakes/node.ts';
import type { Files } from './setups.ts';

/** What a node with such texts says: registries.conf, `[crio.image]` of crio.conf, and files by their paths. */
export async function factsOf(registries: string, image = '', files: Files = {}): Promise<CrioFacts> {
	const crio = `[crio.image]\n${image}`;
	const own = { 'etc/containers/registries.conf': registries, 'etc/crio/crio.conf': crio };
	await using node = await makeNode({ files: { ...own, ...files } });
	return readCrio(node.root);
}

/** CRI-O in a version; without, the one that the rules were measured with. */
export function crio(version = '1.37.0'): { readonly name: 'cri-o'; readonly version: string } {
	return { name: 'cri-o', version };
}
