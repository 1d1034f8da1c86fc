import { pathStages } from '../explanation.ts';
import type { Explanation } from '../explanation.ts';

/** Resets, which can come at any time, and what lies with the node or the agent itself. */
export const own = {
	connection_reset: {
		title: 'the connection is reset',
		stages: ['proxy', 'tls', 'challenge', 'token', 'manifest', 'blob'],
		means:
			'The open connection to {place} was cut with a reset, by the server or by something in between. Pulls that need it fail.',
		prints: '{request}: read tcp …->{dialled}: read: connection reset by peer',
		remedy:
			'A reset in the handshake is mostly a filter that dislikes the server name; later it is a server or load balancer that restarts. Compare with a node in another network.',
		confirm: 'curl -sSI -m 10 {url}',
		related: ['tls_closed', 'http_closed', 'body_truncated'],
	},
	agent_resources_exhausted: {
		title: 'the agent itself ran out of resources',
		stages: pathStages,
		means: 'The agent could not open a socket or file. This says nothing about {place} or about pulls.',
		prints: '',
		remedy: "Raise the agent's limit of open files or its memory, and look at what else on the node uses them up.",
		confirm: 'cat /proc/sys/fs/file-nr; ulimit -n',
		related: ['tcp_ports_exhausted'],
	},
	node_config_unusable: {
		title: 'the configuration of the node makes the runtime fail',
		stages: ['tls'],
		means:
			"The node's own configuration makes the runtime fail at {host} before it sends anything: a CA or client certificate file is missing or cannot be loaded, or the runtime refuses its settings, or they block the image. The detail says which.",
		prints: '… unable to read CA cert …',
		remedy:
			'`registry-probe plan` shows file and line: put the certificate where the configuration says, or correct the setting. No restart is needed for hosts.toml; config.toml needs one, and registries.conf a reload of CRI-O.',
		confirm: 'grep -rnE "^ *(ca|client) *=" /etc/containerd/certs.d /etc/containers/certs.d',
		related: ['tls_untrusted'],
	},
	cancelled: {
		title: 'stopped before the end',
		stages: pathStages,
		means:
			'From a probe: it was told to stop during this stage, which says nothing about {place}. From a runtime: it gave the pull up because too little arrived in its time, or because it was stopped itself.',
		prints: 'context canceled',
		remedy:
			'From a probe: nothing, the next attempt tells. From a runtime: see how fast layers arrive on this node, and raise image_pull_progress_timeout if slow is all that it is.',
		confirm: 'curl -sSI -m 10 {url}',
		related: ['body_stalled'],
	},
	unknown: {
		title: 'a fault that has no name yet',
		stages: pathStages,
		means:
			'The stage failed in a way that registry-probe does not know. Pulls that need {place} probably fail; the detail is all there is.',
		prints: '',
		remedy: 'Read the detail, try by hand, and report it: every fault should have a name.',
		confirm: 'curl -sSI -m 10 {url}',
		related: ['cancelled'],
	},
} as const satisfies Readonly<Record<string, Explanation>>;
