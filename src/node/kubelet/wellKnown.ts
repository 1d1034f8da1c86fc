/** Where a distribution keeps the configuration and the programs of credential providers. */
export interface ProviderPaths {
	readonly configuration: string;
	readonly directory: string;
}

/** Looked at where neither a process nor a unit tells. The first that is there counts. */
export const wellKnownProviderPaths: readonly (ProviderPaths & { readonly link: string })[] = [
	{
		configuration: '/etc/eks/image-credential-provider/config.json',
		directory: '/etc/eks/image-credential-provider',
		link: 'https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/kubelet/config.go',
	},
	{
		configuration: '/etc/srv/kubernetes/cri_auth_config.yaml',
		directory: '/home/kubernetes/bin',
		link: 'https://github.com/kubernetes/cloud-provider-gcp/blob/master/cluster/gce/gci/configure-helper.sh',
	},
	{
		configuration: '/var/lib/kubelet/credential-provider-config.yaml',
		directory: '/var/lib/kubelet/credential-provider',
		link: 'https://github.com/Azure/AgentBaker/blob/master/parts/linux/cloud-init/artifacts/cse_config.sh',
	},
	{
		configuration: '/var/lib/rancher/credentialprovider/config.yaml',
		directory: '/var/lib/rancher/credentialprovider/bin',
		link: 'https://docs.k3s.io/cli/agent',
	},
];

/** Files with one flag of the kubelet a line. */
export const argumentFiles: readonly { readonly file: string; readonly link: string }[] = [
	{
		file: '/var/snap/microk8s/current/args/kubelet',
		link: 'https://microk8s.io/docs/configuring-services',
	},
];
