import { KubeconfigUnusable } from '../cluster/remote/kubeconfigChoice.ts';
import type { Fleet } from '../verdict/fleet/fleet.ts';
import { matrixOf } from '../verdict/fleet/matrix.ts';
import { clusterDocument } from '../views/clusterJson.ts';
import { renderFleet } from '../views/terminal/fleet/fleetReport.ts';
import type { ClusterOptions } from './cluster.ts';
import { concealing } from './concealing.ts';
import { fleetOfAgents } from './fleetOfAgents.ts';
import { fleetOfPrometheus } from './fleetOfPrometheus.ts';
import { kubeconfigChoice, type Run, runRemotely, unknown } from './remoteRun.ts';
import { styleFor } from './terminal.ts';

/**
 * Asks all agents, or a Prometheus, prints what they find, and gives the exit code: 0 every pull would succeed, 1 some would
 * fail, 2 the kubeconfig cannot be used, 3 it could not be found out, or not for all nodes.
 */
export function cluster(options: ClusterOptions): Promise<number> {
	return runRemotely(options, async (run) => {
		const fleet = await found(options, run);
		if (fleet.reports.length === 0 && fleet.silent.length === 0) return { code: unknown, complaint: nobody(options) };
		return { code: codeOf(fleet), result: rendered(fleet, options) };
	});
}

async function found(options: ClusterOptions, run: Run): Promise<Fleet> {
	if (options.prometheus) return await fleetOfPrometheus(options.prometheus, run);
	const { openApi } = await import('../cluster/remote/openApi.ts');
	const opened = openApi(kubeconfigChoice(options), concealing);
	if (opened) return await fleetOfAgents(opened.api, options, run);
	throw new KubeconfigUnusable('there is no kubeconfig: set KUBECONFIG, or give --kubeconfig FILE');
}

function nobody({ prometheus, agentsNamespace }: ClusterOptions): string {
	if (prometheus) return 'this Prometheus has no series of an agent; is it the one that scrapes them?';
	const where = agentsNamespace === undefined ? 'in any namespace' : `in the namespace ${agentsNamespace}`;
	return `there is no agent ${where}: no pod is labelled app.kubernetes.io/name=registry-probe,app.kubernetes.io/component=agent`;
}

function rendered(fleet: Fleet, { output, verbose }: ClusterOptions): string {
	if (output === 'json') return `${JSON.stringify(clusterDocument(fleet), null, '\t')}\n`;
	const view = { ...fleet, matrix: matrixOf(fleet.reports, verbose) };
	return renderFleet(view, { ...styleFor(process.stdout, process.env), verbose });
}

function codeOf({ reports, silent }: Fleet): number {
	if (reports.some(({ pulls }) => pulls.some(({ success }) => !success))) return 1;
	return silent.length > 0 || reports.every(({ pulls }) => pulls.length === 0) ? unknown : 0;
}
