/** As much of an object of Kubernetes as the tests look at (https://kubernetes.io/docs/reference/kubernetes-api/). */
export interface Manifest {
	readonly apiVersion: string;
	readonly kind: string;
	readonly metadata: {
		readonly name: string;
		readonly namespace?: string;
		readonly labels?: Readonly<Record<string, string>>;
	};
	readonly spec?: { readonly template?: { readonly metadata?: Manifest['metadata']; readonly spec?: PodSpec } };
}

export interface PodSpec {
	readonly containers?: readonly Container[];
	readonly initContainers?: readonly Container[];
	readonly volumes?: readonly Volume[];
	readonly securityContext?: Readonly<Record<string, unknown>>;
}

export interface Container {
	readonly name: string;
	readonly image?: string;
	readonly args?: readonly string[];
	readonly volumeMounts?: readonly VolumeMount[];
	readonly securityContext?: Readonly<Record<string, unknown>>;
}

export interface Volume {
	readonly name: string;
	readonly hostPath?: { readonly path: string; readonly type?: string };
}

export interface VolumeMount {
	readonly name: string;
	readonly mountPath: string;
	readonly readOnly?: boolean;
	readonly subPath?: string;
	readonly mountPropagation?: string;
}

/** The standard labels that every object has (https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/). */
export const standardLabels: Readonly<Record<string, string>> = {
	'app.kubernetes.io/name': 'registry-probe',
	'app.kubernetes.io/component': 'agent',
	'app.kubernetes.io/part-of': 'registry-probe',
};

/** What a manifest, or a patch, says of a pod. */
export function podOf({ spec }: Manifest): PodSpec {
	return spec?.template?.spec ?? {};
}

/** All containers that it says something of. */
export function containersOf({ containers = [], initContainers = [] }: PodSpec): readonly Container[] {
	return [...containers, ...initContainers];
}
