import type { NodeFault } from '../node/fault.ts';
import type { NodeRules } from './nodeRules.ts';
import type { Target } from './target.ts';

/** What is wrong with the node as far as it concerns pulls: of the whole node, and of the images that are planned. Each once. */
export function planFaults(targets: readonly Target[], rules: NodeRules): readonly NodeFault[] {
	const images = new Map(targets.map(({ image }) => [JSON.stringify(image), image]));
	const ofImages = [...images.values()].flatMap((image) => rules.route(image).faults);
	const all = [...rules.faults, ...ofImages];
	return [...new Map(all.map((fault) => [JSON.stringify(fault), fault])).values()];
}
