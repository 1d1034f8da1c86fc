/**
 * Where an installation of Kubernetes keeps containerd's configuration. Paths are the node's. How a runtime is installed and
 * started is another matter: a configuration may be there, and count, where neither program nor process is to be seen.
 */
export interface ConfigurationPlace {
	readonly name: string;
	/** The main file. */
	readonly configuration: string;
	/** The file that people write and that others are generated from. */
	readonly registries?: string;
	/** containerd is built with `rewrite` in hosts.toml. */
	readonly rewrites?: true;
}

/**
 * containerd's own default, and so that of kubeadm, kind (https://kind.sigs.k8s.io/docs/user/local-registry/), minikube,
 * Bottlerocket (its own containers use /etc/host-containerd), EKS, AKS, GKE and the packages of distributions.
 */
export const plainContainerd: ConfigurationPlace = { name: 'containerd', configuration: '/etc/containerd/config.toml' };

/**
 * The installations that are known, the special ones first: their nodes may have a file at the common place that
 * belongs to another containerd.
 */
export const configurationPlaces: readonly ConfigurationPlace[] = [
	// https://docs.k3s.io/installation/private-registry; data below another --data-dir is not found.
	{
		name: 'k3s',
		configuration: '/var/lib/rancher/k3s/agent/etc/containerd/config.toml',
		registries: '/etc/rancher/k3s/registries.yaml',
		rewrites: true,
	},
	// https://docs.rke2.io/install/private_registry
	{
		name: 'RKE2',
		configuration: '/var/lib/rancher/rke2/agent/etc/containerd/config.toml',
		registries: '/etc/rancher/rke2/registries.yaml',
		rewrites: true,
	},
	// https://github.com/canonical/microk8s/blob/master/microk8s-resources/default-args/containerd
	{ name: 'MicroK8s', configuration: '/var/snap/microk8s/current/args/containerd.toml' },
	// https://github.com/siderolabs/talos/blob/main/pkg/machinery/constants/constants.go (CRIContainerdConfig); it
	// imports /etc/cri/conf.d/cri.toml, which names /etc/cri/conf.d/hosts. /etc/containerd is the system's own there.
	{ name: 'Talos', configuration: '/etc/cri/containerd.toml' },
	// https://docs.k0sproject.io/stable/runtime
	{ name: 'k0s', configuration: '/etc/k0s/containerd.toml' },
	plainContainerd,
];
