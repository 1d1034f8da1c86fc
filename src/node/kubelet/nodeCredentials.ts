import type { NodeFault } from '../fault.ts';
import type { CredentialProviders } from './credentialProvider.ts';
import { type KubeletKeyring, readKeyring } from './keyring.ts';
import { type Kubelet, readKubelet } from './kubelet.ts';
import { readProviders } from './readProviders.ts';

/** What the kubelet of a node can log in with. */
export interface NodeCredentials {
	readonly kubelet: Kubelet;
	readonly keyring: KubeletKeyring;
	readonly providers: CredentialProviders;
	/** Of all three. */
	readonly faults: readonly NodeFault[];
}

/** Reads all of it below `root`, as it is now. `known` is the process of the kubelet that was found before. Throws only when out of descriptors. */
export function readNodeCredentials(root: string, known?: number): NodeCredentials {
	const kubelet = readKubelet(root, known);
	const keyring = readKeyring(root, kubelet);
	const providers = readProviders(root, kubelet.providers);
	return { kubelet, keyring, providers, faults: [...kubelet.faults, ...keyring.faults, ...providers.faults] };
}
