import type { Distribution, Installation } from '../runtime/installations.ts';

/** Where else than in units a runtime gets variables from. */
export interface Sources {
	/** The program that starts the runtime hands `CONTAINERD_NAME` on as `NAME`, over what it has as `NAME`. */
	readonly prefix?: 'CONTAINERD_';
	/** Files that its start script reads after all else. */
	readonly sourced: readonly string[];
	/** What counts where there is no unit: the files that its units and start scripts name, in their order. */
	readonly withoutUnit: readonly string[];
	/** Files that look as if they counted; they do only where a unit names them. */
	readonly lookalikes: readonly string[];
}

const named = (...names: string[]) => names.flatMap((name) => [`/etc/default/${name}`, `/etc/sysconfig/${name}`]);

/**
 * Sources: https://docs.k3s.io/advanced#configuring-an-http-proxy and k3s' install.sh (OpenRC: /etc/rancher/k3s/k3s.env);
 * https://docs.rke2.io/advanced#configuring-an-http-proxy; k3s' and RKE2's pkg/agent/containerd (the prefix);
 * https://docs.k0sproject.io/stable/environment-variables; https://microk8s.io/docs/install-proxy;
 * Alpine's containerd.initd and OpenRC's conf.d.
 */
const byDistribution: Readonly<Record<Distribution, Sources>> = {
	k3s: {
		prefix: 'CONTAINERD_',
		sourced: [],
		withoutUnit: [
			...named('k3s', 'k3s-agent'),
			'/etc/systemd/system/k3s.service.env',
			'/etc/systemd/system/k3s-agent.service.env',
			'/etc/rancher/k3s/k3s.env',
		],
		lookalikes: ['/etc/environment'],
	},
	rke2: {
		prefix: 'CONTAINERD_',
		sourced: [],
		withoutUnit: [
			...named('rke2-server', 'rke2-agent'),
			'/usr/local/lib/systemd/system/rke2-server.env',
			'/usr/local/lib/systemd/system/rke2-agent.env',
		],
		lookalikes: ['/etc/environment'],
	},
	k0s: {
		prefix: 'CONTAINERD_',
		sourced: [],
		withoutUnit: ['/etc/conf.d/k0sworker', '/etc/conf.d/k0scontroller'],
		lookalikes: ['/etc/environment'],
	},
	microk8s: {
		sourced: ['/var/snap/microk8s/current/args/containerd-env'],
		// snapd's units name it.
		withoutUnit: ['/etc/environment'],
		lookalikes: [],
	},
	plain: {
		sourced: [],
		withoutUnit: [],
		lookalikes: ['/etc/environment'],
	},
};

/** The sources of a runtime's variables, beside its units. */
export function sourcesOf({ name, distribution }: Pick<Installation, 'name' | 'distribution'>): Sources {
	const sources = byDistribution[distribution];
	if (distribution !== 'plain') return sources;
	const program = name === 'cri-o' ? 'crio' : 'containerd';
	const files = [...named(program), `/etc/conf.d/${program}`];
	return { ...sources, withoutUnit: files, lookalikes: [...named(program), ...sources.lookalikes] };
}
