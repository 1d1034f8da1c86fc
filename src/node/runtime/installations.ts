/** Who brings the runtime along and starts it; `plain` is a runtime of its own, under its own service. */
export type Distribution = 'plain' | 'k3s' | 'rke2' | 'k0s' | 'microk8s';

/** How a runtime is installed: where its program lies and what starts it. */
export interface Installation {
	readonly name: 'containerd' | 'cri-o';
	readonly distribution: Distribution;
	/** The program, the likeliest place first. */
	readonly binaries: readonly string[];
	/** What the path of the program, wherever its data directory is, has in it. */
	readonly mark: string;
	/** The services of systemd that start it, the likeliest first. */
	readonly units: readonly string[];
	/** Names under which packages of distributions bring it. */
	readonly packages: readonly string[];
}

/**
 * Sources: https://github.com/containerd/containerd/blob/main/docs/getting-started.md and the packages of Debian,
 * Ubuntu, Docker and Azure; https://docs.k3s.io/installation; https://docs.rke2.io/reference/linux_agent_config and
 * rke2's bundle/lib/systemd/system; https://docs.k0sproject.io/stable/runtime; MicroK8s' snapcraft.yaml; CRI-O's
 * contrib/systemd and install.md. The distributions stand first: their nodes may have a plain containerd beside them;
 * RKE2 before k3s, because its containerd has k3s's socket.
 */
export const installations: readonly Installation[] = [
	{
		name: 'containerd',
		distribution: 'rke2',
		binaries: ['/var/lib/rancher/rke2/bin/containerd'],
		mark: '/rke2/',
		units: ['rke2-agent.service', 'rke2-server.service'],
		packages: [],
	},
	{
		name: 'containerd',
		distribution: 'k3s',
		binaries: ['/var/lib/rancher/k3s/data/current/bin/containerd'],
		mark: '/k3s/',
		units: ['k3s.service', 'k3s-agent.service'],
		packages: [],
	},
	{
		name: 'containerd',
		distribution: 'k0s',
		binaries: ['/var/lib/k0s/bin/containerd'],
		mark: '/k0s/',
		units: ['k0sworker.service', 'k0scontroller.service'],
		packages: [],
	},
	{
		name: 'containerd',
		distribution: 'microk8s',
		binaries: ['/snap/microk8s/current/bin/containerd'],
		mark: '/snap/microk8s/',
		units: ['snap.microk8s.daemon-containerd.service'],
		packages: [],
	},
	{
		name: 'cri-o',
		distribution: 'plain',
		binaries: ['/usr/bin/crio', '/usr/local/bin/crio'],
		mark: '/crio',
		units: ['crio.service', 'cri-o.service'],
		packages: ['cri-o'],
	},
	{
		name: 'containerd',
		distribution: 'plain',
		binaries: [
			'/usr/bin/containerd',
			'/usr/local/bin/containerd',
			'/opt/bin/containerd',
			'/opt/containerd/bin/containerd',
			'/bin/containerd',
		],
		mark: '/containerd',
		units: ['containerd.service'],
		packages: ['containerd.io', 'containerd', 'containerd-app', 'containerd-stable', 'moby-containerd'],
	},
];
