import { readBelow } from '../nodeFile.ts';

/** Where the kubelet is told which runtime to talk to: its configuration, kubeadm's flags. */
export const endpointFiles: readonly string[] = [
	'/var/lib/kubelet/config.yaml',
	'/etc/kubernetes/kubelet/config.json',
	'/var/lib/kubelet/kubeadm-flags.env',
];

/**
 * Which runtime the kubelet talks to, by the name of the socket in its configuration; undefined when it says none of
 * the two. Throws only when this process is out of descriptors.
 */
export function configuredEndpoint(root: string): 'containerd' | 'cri-o' | undefined {
	for (const file of endpointFiles) {
		const text = readBelow(root, file, 256 * 1024) ?? '';
		const [, socket = ''] = /container-?runtime-?endpoint["']?\s*[:=]\s*["']?([^\s"']{1,300})/i.exec(text) ?? [];
		if (/\bcrio\b/.test(socket)) return 'cri-o';
		if (/\bcontainerd\b/.test(socket)) return 'containerd';
	}
	return undefined;
}
