import { ApiFailure, asFailure } from '../cluster/apiFailure.ts';
import { namesKubeconfig } from '../cluster/remote/kubeconfigChoice.ts';
import { podSight } from '../cluster/remote/podSight.ts';
import type { RemoteApi } from '../cluster/remote/remoteApi.ts';
import { explainPodDocument } from '../views/podJson.ts';
import { type PodReport, renderPod } from '../views/terminal/podReport.ts';
import { concealing } from './concealing.ts';
import type { ExplainPodOptions } from './explain.ts';
import { podOfLoopback } from './podOfLoopback.ts';
import { reportOnPod } from './reportOnPod.ts';
import { type Ending, kubeconfigChoice, type Run, runRemotely, unknown, unusable } from './remoteRun.ts';
import { styleFor } from './terminal.ts';

/** A pod as it was named on the command line. */
export interface NamedPod {
	/** Absent: that of the kubeconfig's context. */
	readonly namespace?: string;
	readonly name: string;
}

/**
 * Says why a pod's images do not come. Gives the exit code: 0 nothing waits for an image, 1 an image does not come, 2 there is
 * no such pod, 3 it could not be found out.
 */
export function explainPod(named: NamedPod, options: ExplainPodOptions): Promise<number> {
	return runRemotely(options, async (run) => {
		const choice = kubeconfigChoice(options);
		const afar = async (): Promise<Ending | undefined> => {
			const { openApi } = await import('../cluster/remote/openApi.ts');
			const opened = openApi(choice, concealing);
			return opened && (await fromAfar(opened.api, { namespace: opened.namespace, ...named }, options, run));
		};
		if (!options.agent && namesKubeconfig(choice)) return (await afar()) ?? { code: unusable };
		const near = await besideAgent(named, options, run);
		if (options.agent || near.result !== undefined) return near;
		// A pod that is not the agent's may have rights of its own; the agent's may not read a pod by its name.
		return (await afar().catch(unlessRefused)) ?? near;
	});
}

function unlessRefused(error: unknown): undefined {
	if (!(error instanceof ApiFailure)) throw error;
	return undefined;
}

async function fromAfar(
	api: RemoteApi,
	pod: Required<NamedPod>,
	options: ExplainPodOptions,
	run: Run,
): Promise<Ending> {
	try {
		run.tell(`reading ${pod.namespace}/${pod.name}`);
		const sight = await podSight(api, pod.namespace, pod.name, run.signal);
		return told(await reportOnPod(api, sight, options, run), options);
	} catch (error) {
		if (!(error instanceof ApiFailure) || error.status !== 404) throw error;
		return { code: unusable, complaint: `there is no pod ${pod.name} in the namespace ${pod.namespace}` };
	}
}

/** Where the agent of this node listens, with TLS where authentication is on. */
const besides = ['http://127.0.0.1:9917', 'https://127.0.0.1:9917'].map((url) => new URL(url));

/** In the agent's own pod, and wherever no API server can be asked: the agent of this node tells what it knows. */
async function besideAgent(
	{ namespace = 'default', name }: NamedPod,
	options: ExplainPodOptions,
	run: Run,
): Promise<Ending> {
	const said: string[] = [];
	for (const agent of options.agent ? [options.agent] : besides) {
		run.tell(`asking ${agent.origin}`);
		try {
			const report = await podOfLoopback(agent, { namespace, name }, run.signal);
			if (report) return told(report, options);
			const of = `the agent at ${agent.origin} knows no pod ${namespace}/${name} whose image does not come`;
			return { code: unknown, complaint: `${of}: it sees the pods of its own node` };
		} catch (error) {
			said.push(`${agent.origin}: ${asFailure(error).message}`);
		}
	}
	const missing = options.agent ? '' : 'there is no kubeconfig, and ';
	return { code: unknown, complaint: `${missing}no agent answers: ${said.join('; ')}` };
}

function told(report: PodReport, { output, verbose }: ExplainPodOptions): Ending {
	const style = { ...styleFor(process.stdout, process.env), verbose };
	const json = () => `${JSON.stringify(explainPodDocument(report), null, '\t')}\n`;
	return { code: codeOf(report), result: output === 'json' ? json() : renderPod(report, style) };
}

function codeOf({ explanations }: PodReport): number {
	if (explanations.length === 0) return 0;
	return explanations.some(({ cause, reason }) => cause !== 'unknown' || reason !== null) ? 1 : unknown;
}
