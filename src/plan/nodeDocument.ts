import type { CredentialProvider } from '../node/kubelet/credentialProvider.ts';
import type { KubeletKeyring } from '../node/kubelet/keyring.ts';
import { listedLocation } from '../registry/quotable.ts';
import type { Nameserver } from '../node/resolvConf.ts';
import { printable } from '../registry/redact.ts';

/** What the node says beside its targets. */
export interface NodeInput {
	/** The runtime whose rules hold, and how it is known, for people. */
	readonly rules: { readonly name: string; readonly version: string; readonly source: string };
	/** Who told the runtime's environment, for people: `process 812`, `containerd.service`, `nobody`. */
	readonly reader: string;
	/** What the runtime trusts without any setting for a host. */
	readonly bundle: { readonly source: string; readonly certificates: readonly string[] };
	readonly keyring: Pick<KubeletKeyring, 'file' | 'keys' | 'unreadable'>;
	readonly providers: readonly CredentialProvider[];
	/** The providers are run, not only listed. */
	readonly run: boolean;
}

/** What a plan says of its node beside the targets: plain data without secrets, described by docs/plan.schema.json. */
export interface PlannedNode {
	/** Whose rules hold: those of the node's runtime, or where it is not known of the newest containerd. */
	readonly rules: NodeInput['rules'];
	/** Who told the variables of the runtime's environment, its proxy among them. */
	readonly environment: { readonly reader: string };
	readonly trust: { readonly source: string; readonly certificates: number };
	/** The file with logins that the kubelet uses for every pod; absent where it has none. */
	readonly keyring?: {
		readonly file: string;
		/** The locations that it has entries for, never the logins; `REDACTED` for what may be one. */
		readonly keys: readonly string[];
		/** `false`: the file is there and the agent may not read it. */
		readonly readable: boolean;
	};
	/** Programs that give the kubelet logins; absent where it was told of none. */
	readonly credentialProviders?: readonly PlannedProvider[];
}

export interface PlannedProvider {
	readonly name: string;
	readonly file: string;
	readonly line?: number;
	/** `REDACTED` for what may be a login. */
	readonly matchImages: readonly string[];
	/** Whether `node.credential_providers` lets it be run. */
	readonly run: boolean;
}

/** The node as plain data. */
export function plannedNode({ rules, reader, bundle, keyring, providers, run }: NodeInput): PlannedNode {
	const { file, keys, unreadable } = keyring;
	const { name, version, source } = rules;
	return {
		rules: { name, version, source },
		environment: { reader },
		trust: { source: bundle.source, certificates: bundle.certificates.length },
		...(file !== undefined && { keyring: { file, keys, readable: !unreadable } }),
		...(providers.length > 0 && { credentialProviders: providers.map((provider) => plannedProvider(provider, run)) }),
	};
}

function plannedProvider({ name, file, line, matchImages }: CredentialProvider, run: boolean): PlannedProvider {
	return {
		name: printable(name, 100),
		file,
		...(line !== undefined && { line }),
		matchImages: matchImages.map(listedLocation),
		run,
	};
}

/** The address of a nameserver, with the port only when it is not 53. */
export function formatNameserver({ address, port }: Nameserver): string {
	if (port === 53) return address;
	return `${address.includes(':') ? `[${address}]` : address}:${port}`;
}
