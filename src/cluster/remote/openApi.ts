import type { Concealing } from '../concealing.ts';
import { namespaceOf, openKubeconfig } from './kubeconfig.ts';
import type { KubeconfigChoice } from './kubeconfigChoice.ts';
import { type RemoteApi, remoteApi } from './remoteApi.ts';

/** An API server, and the namespace that is meant where none is named. */
export interface OpenedApi {
	readonly api: RemoteApi;
	readonly namespace: string;
}

/**
 * The API server of a kubeconfig, or of the pod that this runs in; undefined where there is neither. Throws
 * `KubeconfigUnusable`. To be loaded only where it is needed: it brings the library for kubeconfigs along.
 */
export function openApi(choice: KubeconfigChoice, concealing: Concealing): OpenedApi | undefined {
	const config = openKubeconfig(choice);
	return config && { api: remoteApi(config, concealing), namespace: namespaceOf(config) };
}
