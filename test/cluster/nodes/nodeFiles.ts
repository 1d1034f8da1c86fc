import { servers } from './addresses.ts';

/** What a node's files depend on. */
export interface NodeWish {
	readonly name: string;
	readonly address: string;
	/** The network of its pods. */
	readonly pods: string;
	/** Name of its cgroup, from the top of each tree. */
	readonly cgroup: string;
	readonly nameserver: string;
	/** PEM of who vouches for the registries. */
	readonly trusted: string;
	/** PEM of who vouches for the API server when it asks the kubelet. */
	readonly clientAuthority: string;
	/** The kubelet's way to the API server. JSON. */
	readonly kubeconfig: string;
	/** The image of pods' first processes. */
	readonly pauseImage: string;
}

type Files = Readonly<Record<string, string>>;

/** The files of a node by their paths, beside those of the machine's /usr. */
export function nodeFiles(wish: NodeWish): Files {
	return {
		'/etc/resolv.conf': `nameserver ${wish.nameserver}\noptions timeout:2 attempts:1\n`,
		'/etc/hosts': `127.0.0.1\tlocalhost\n${wish.address}\t${wish.name}\n`,
		'/etc/hostname': `${wish.name}\n`,
		'/etc/nsswitch.conf': 'passwd: files\nhosts: files dns\n',
		'/etc/passwd': 'root:x:0:0:root:/:/bin/sh\n',
		'/etc/group': 'root:x:0:\n',
		'/etc/os-release': 'NAME="Debian GNU/Linux"\nID=debian\n',
		...containerdFiles(wish),
		'/etc/cni/net.d/10-pods.conflist': JSON.stringify(podNetwork(wish.pods)),
		'/etc/kubernetes/kubelet.conf': wish.kubeconfig,
		'/etc/kubernetes/pki/ca.crt': wish.clientAuthority,
		'/var/lib/kubelet/config.yaml': JSON.stringify(kubeletConfiguration(wish)),
	};
}

function containerdFiles({ trusted, pauseImage }: NodeWish): Files {
	const registries = Object.keys(servers);
	const certs = '/etc/containerd/certs.d';
	const hosts = registries.map((name) => {
		return [`${certs}/${name}/hosts.toml`, `server = "https://${name}"\nca = "${certs}/${name}/ca.crt"\n`] as const;
	});
	const authorities = registries.map((name) => [`${certs}/${name}/ca.crt`, trusted] as const);
	const config = `version = 3
[plugins."io.containerd.cri.v1.images".pinned_images]
  sandbox = "${pauseImage}"
[plugins."io.containerd.cri.v1.images".registry]
  config_path = "${certs}"
[plugins."io.containerd.cri.v1.runtime"]
  restrict_oom_score_adj = true
  disable_apparmor = true
  # What is mounted elsewhere would outlive the node.
  netns_mounts_under_state_dir = true
[plugins."io.containerd.cri.v1.runtime".cni]
  bin_dirs = ["/usr/lib/cni"]
[plugins."io.containerd.nri.v1.nri"]
  disable = true
`;
	return { '/etc/containerd/config.toml': config, ...Object.fromEntries([...hosts, ...authorities]) };
}

function podNetwork(subnet: string): object {
	const ipam = { type: 'host-local', ranges: [[{ subnet }]], routes: [{ dst: '0.0.0.0/0' }] };
	const bridge = { type: 'bridge', bridge: 'cni0', isGateway: true, ipMasq: false, ipam };
	return { cniVersion: '1.0.0', name: 'pods', plugins: [bridge, { type: 'loopback' }] };
}

/** https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/ */
function kubeletConfiguration({ address, cgroup, nameserver }: NodeWish): object {
	return {
		apiVersion: 'kubelet.config.k8s.io/v1beta1',
		kind: 'KubeletConfiguration',
		address,
		failCgroupV1: false,
		cgroupDriver: 'cgroupfs',
		cgroupRoot: `/${cgroup}`,
		failSwapOn: false,
		containerRuntimeEndpoint: 'unix:///run/containerd/containerd.sock',
		authentication: {
			anonymous: { enabled: false },
			webhook: { enabled: true },
			x509: { clientCAFile: '/etc/kubernetes/pki/ca.crt' },
		},
		authorization: { mode: 'Webhook' },
		nodeStatusUpdateFrequency: '10s',
		syncFrequency: '10s',
		imageGCHighThresholdPercent: 100,
		// What is full or short here is the machine, not the node.
		evictionHard: { 'memory.available': '1Mi', 'nodefs.available': '0%', 'imagefs.available': '0%' },
		localStorageCapacityIsolation: false,
		resolvConf: '/etc/resolv.conf',
		clusterDNS: [nameserver],
		clusterDomain: 'cluster.local',
		volumePluginDir: '/var/lib/kubelet/volume-plugins',
	};
}

/** Settings of the kernel, as the kubelet wants them, by their names. */
export const kernelSettings: Files = {
	'vm.overcommit_memory': '1\n',
	'vm.panic_on_oom': '0\n',
	'kernel.panic': '10\n',
	'kernel.panic_on_oops': '1\n',
	'kernel.keys.root_maxkeys': '1000000\n',
	'kernel.keys.root_maxbytes': '25000000\n',
};

/** Directories that programs expect to be there. */
export const nodeDirectories = [
	'/var/log/pods',
	'/var/log/containers',
	'/var/lib/containerd',
	'/var/lib/cni',
	'/var/tmp',
];
