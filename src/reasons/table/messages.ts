import type { Explanation } from '../explanation.ts';

/** What only kubelet or the runtime can say: no probe fails so. */
export const messages = {
	invalid_reference: {
		title: 'the image name cannot be read',
		stages: [],
		means: 'The image name in the pod is not a valid reference. Nothing was asked of any registry.',
		prints: 'failed to parse image reference "{image}": invalid reference format: …',
		remedy: 'Correct the name: lower case, one tag after a colon, no scheme (https://), no space.',
		confirm: 'kubectl get pod POD -o jsonpath="{.spec.containers[*].image}"',
		related: ['repository_not_found'],
	},
	pull_throttled_by_kubelet: {
		title: 'kubelet itself holds the pull back',
		stages: [],
		means: 'Too many pulls were begun on this node at once, and kubelet refused this one. No registry was asked.',
		prints: 'pull QPS exceeded',
		remedy:
			'Wait: kubelet tries again. If it lasts, raise registryPullQPS and registryBurst in the configuration of kubelet.',
		confirm:
			"kubectl get --raw /api/v1/nodes/NODE/proxy/configz | jq '.kubeletconfig | {registryPullQPS, registryBurst}'",
		related: ['rate_limited'],
	},
	node_disk_full: {
		title: "the node's disk is full",
		stages: [],
		means:
			'The image arrived, but there is no room to store or unpack it. Every pull of something new fails on this node.',
		prints: '… no space left on device',
		remedy:
			'Free the disk of the image store (unused images, logs), or enlarge it. Inodes can run out before bytes do.',
		confirm: 'df -h /var/lib/containerd /var/lib/containers; df -i /var/lib/containerd /var/lib/containers',
		related: ['body_truncated'],
	},
	policy_blocked: {
		title: 'a policy on the node forbids the image',
		stages: [],
		means: 'A verifier or signature policy of the runtime refused the image. The registry is not at fault.',
		prints: 'image verifier … blocked pull of {image} with digest sha256:… for reason: …',
		remedy: 'Sign the image as the policy demands, use one that is allowed, or change the policy.',
		confirm: 'ls -l /opt/image-verifier/bin /etc/containers/policy.json',
		related: ['auth_denied'],
	},
	pull_never: {
		title: 'the pod forbids pulling, and the image is not on the node',
		stages: [],
		means:
			'The pod says imagePullPolicy Never, and the image is not on this node, or was pulled with a secret that this pod does not have. No registry was asked.',
		prints: 'Container image "{image}" is not present with pull policy of Never',
		remedy: 'Load the image onto the node, or let the pod pull it (IfNotPresent).',
		confirm: 'crictl images',
		related: ['manifest_not_found'],
	},
	pull_slots_blocked: {
		title: "other images' hanging layers hold all download slots",
		stages: [],
		means:
			'Layers that hang, mostly of another registry, hold every download slot of the runtime (three by default). This pull waits without any error, though its own registry is healthy.',
		prints: '',
		remedy:
			'Find the host whose layers hang (reason body_stalled) and mend the path to it. Restart the runtime to free the slots at once.',
		confirm: 'ss -tnpi state established | grep -A 1 -e containerd -e crio',
		related: ['body_stalled'],
	},
} as const satisfies Readonly<Record<string, Explanation>>;
