import { InvalidReference, parseReference } from '../../registry/image.ts';
import type { Fault, NodeReport, PullReport } from './nodeReport.ts';
import { reachesOf, type Scope } from './scope.ts';

/** Whether a registry that a pod needs works from its own node, and from others. */
export interface Elsewhere {
	readonly registry: string;
	/** What the pod's own node finds; absent where it does not probe that registry, or did not answer. */
	readonly here?: { readonly success: boolean; readonly fault?: Fault };
	/** Other nodes that were asked and probe it, and those among them that can pull. */
	readonly others: number;
	readonly working: number;
	/** How far the fault of this node reaches; absent where it has none, or no other node was seen. */
	readonly scope?: Scope;
	readonly zone?: string;
	readonly source?: string;
}

/** What the nodes' reports say of a registry, as the name of the image has it (`docker.io`). */
export function elsewhereOf(registry: string, node: string | undefined, reports: readonly NodeReport[]): Elsewhere {
	const tries = reports.flatMap((report) => {
		const pull = report.pulls.find((one) => isOf(one, registry));
		return pull ? [{ report, pull }] : [];
	});
	const own = tries.find(({ report }) => report.node === node);
	const others = tries.filter((one) => one !== own);
	const reach =
		own && !own.pull.success && others.length > 0
			? reachesOf(
					tries.map(({ report, pull }) => ({
						node: report.node,
						failed: !pull.success,
						...(report.zone !== undefined && { zone: report.zone }),
						...(pull.source !== undefined && { source: pull.source }),
						...(pull.fault && { fault: pull.fault }),
					})),
				).find(({ members }) => members.some((member) => member.node === node))
			: undefined;
	return {
		registry,
		...(own && { here: { success: own.pull.success, ...(own.pull.fault && { fault: own.pull.fault }) } }),
		others: others.length,
		working: others.filter(({ pull }) => pull.success).length,
		...(reach && { scope: reach.scope }),
		...(reach?.zone !== undefined && { zone: reach.zone }),
		...(reach?.source !== undefined && { source: reach.source }),
	};
}

/** The configured name may be another than the registry's own. */
function isOf({ registry: name, image }: PullReport, registry: string): boolean {
	if (image === undefined) return name === registry;
	try {
		return parseReference(image).domain === registry;
	} catch (error) {
		if (error instanceof InvalidReference) return name === registry;
		throw error;
	}
}
