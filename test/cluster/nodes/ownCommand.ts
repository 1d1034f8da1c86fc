import { join } from 'node:path';
import { expect } from 'vitest';
import type { PodExplanation } from '../../../src/explain/podExplanation.ts';
import type { ClusterDocument } from '../../../src/views/clusterJson.ts';
import type { ExplainPodDocument } from '../../../src/views/podJson.ts';
import { checkout } from '../../image/startForm.ts';
import { runCommand } from '../../real/command.ts';
import type { Cluster } from './cluster.ts';
import { eventually } from './eventually.ts';
import { team } from './names.ts';

/** What a command of ours ended with and printed, run as from a laptop with the kubeconfig of an administrator. */
async function ask<T>(
	{ access }: Cluster,
	args: readonly string[],
): Promise<{ readonly code: number; readonly document: T }> {
	const all = [join(checkout, 'src/main.ts'), ...args, '--kubeconfig', access.kubeconfig, '--output', 'json'];
	const { code, stdout, stderr } = await runCommand(process.execPath, ['--no-warnings', ...all]);
	if (stdout === '') throw new Error(`${args.join(' ')}: ${code}, ${stderr}`);
	return { code, document: JSON.parse(stdout) as T };
}

/** Seconds until an agent has made up its mind: it probes the very image first. */
const patience = 60;

/** Waits until `explain` says this of a pod of the team. */
export async function isExplained(cluster: Cluster, pod: string, as: Partial<PodExplanation>): Promise<PodExplanation> {
	let last: PodExplanation | undefined;
	const look = async () => {
		const { document } = await ask<ExplainPodDocument>(cluster, ['explain', `${team}/${pod}`]);
		[last] = document.explanations;
		return last && Object.entries(as).every(([key, value]) => last?.[key as keyof PodExplanation] === value) && last;
	};
	const explanation = await eventually(`an explanation of ${pod}`, look, patience, () => JSON.stringify(last, null, 1));
	expect(explanation).toMatchObject({ namespace: team, pod });
	expect(explanation.remedy).not.toBe('');
	return explanation;
}

/** What `cluster` says now. */
export async function askAll(cluster: Cluster): Promise<ClusterDocument> {
	return (await ask<ClusterDocument>(cluster, ['cluster'])).document;
}
