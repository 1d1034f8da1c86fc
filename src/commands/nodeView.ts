import type { NodeSettings } from '../config/config.ts';
import type { NodeSources } from '../credentials/nodeLogins.ts';
import { type TrustEnvironment, trustSources } from '../node/bundle.ts';
import { changesAfterStart } from '../node/environment/changesAfterStart.ts';
import type { NodeFault } from '../node/fault.ts';
import { hostsFile } from '../node/hosts.ts';
import { keyringFiles } from '../node/kubelet/keyring.ts';
import { readKubelet } from '../node/kubelet/kubelet.ts';
import { nsswitchFile } from '../node/nsswitch.ts';
import { type NodeFacts, readNode } from '../node/readNode.ts';
import { resolvConfFile } from '../node/resolvConf.ts';
import { readSystem } from '../node/runtime/system.ts';
import { readNodeCredentials } from '../node/kubelet/nodeCredentials.ts';
import type { Vantage } from '../node/vantage.ts';
import { effectiveSettings } from '../plan/containerd/settings.ts';
import type { NodeRules } from '../plan/nodeRules.ts';
import { planFaults } from '../plan/planFaults.ts';
import { rulesOf } from '../plan/rulesOf.ts';
import type { Target } from '../plan/target.ts';
import type { NodeState } from '../store/agentState.ts';

/** The node as it was when it was last read: its facts, and its rules for pulls. */
export interface NodeView {
	readonly facts: NodeFacts;
	readonly rules: NodeRules;
	/** The files and directories that a later reading could find changed, there or not. */
	readonly paths: readonly string[];
}

/** Reads the node. Rejects only when this process is out of descriptors. */
export async function readNodeView({ root, runtime }: Pick<NodeSettings, 'root' | 'runtime'>): Promise<NodeView> {
	const facts = await readNode(root, runtime);
	const view = { facts, rules: rulesOf(facts) };
	return { ...view, paths: [...attemptPaths(root, view), ...facts.paths] };
}

/** What attempts read afresh by themselves: a change of it may end a fault, or begin one. */
function attemptPaths(root: string, view: Pick<NodeView, 'facts'>): readonly string[] {
	const { files, directories } = trustSources(root, trustOf(view));
	const kubelet = readKubelet(root);
	const { providers } = kubelet;
	return [
		resolvConfFile,
		hostsFile,
		nsswitchFile,
		...files,
		...directories,
		...keyringFiles(kubelet).map(({ file }) => file),
		...(providers ? [providers.configuration, providers.directory] : []),
	];
}

/** What the runtime's environment says about trust. */
export function trustOf({ facts }: Pick<NodeView, 'facts'>): TrustEnvironment {
	const { sslCertFile, sslCertDir } = facts.environment;
	return { SSL_CERT_FILE: sslCertFile?.value, SSL_CERT_DIR: sslCertDir?.value };
}

/** What the node is, as it says itself. */
export function nodeState({ facts: { runtime } }: Pick<NodeView, 'facts'>, root: string): NodeState {
	const { name, version, present, source } = runtime;
	const known = present || source === 'configuration';
	return { kernel: readSystem(root).kernel, ...(known && { runtime: `${name}/${version}` }) };
}

/** The logins that the runtime is configured with. */
export function runtimeLogins({ facts }: NodeView): ReturnType<NodeSources['runtime']> {
	const { containerd, crio, runtime } = facts;
	if (crio) return { files: crio.logins };
	const configs = containerd && effectiveSettings(containerd, runtime.version).settings?.configs;
	return { hosts: [...(configs ?? [])].flatMap(([host, { login }]) => (login ? [{ host, ...login }] : [])) };
}

/** Everything that is wrong with the node as far as it concerns pulls. */
export function nodeFaults(
	{ facts, rules }: NodeView,
	{ bundle, faults }: Vantage,
	targets: readonly Target[],
	root: string,
): readonly NodeFault[] {
	const stale = staleFiles(facts, bundle.source, root);
	const wanted = targets.some(({ credentials }) => credentials.source === 'node');
	const logins = wanted ? readNodeCredentials(root).faults : [];
	return [...planFaults(targets, rules), ...faults, ...stale, ...logins];
}

/** What the runtime reads only when it starts, and has changed since; its environment is looked at where that is read. */
function staleFiles({ runtime, containerd }: NodeFacts, bundle: string, root: string): readonly NodeFault[] {
	const { process } = runtime;
	const loaded = bundle === 'none' ? [] : [bundle];
	const own = containerd?.files.map(({ file }) => file) ?? [];
	return [
		...changesAfterStart(root, process, loaded, 'the certificates that it has loaded'),
		...changesAfterStart(root, process, own, 'the settings that it has read'),
	];
}
