import type { Explanation } from '../explanation.ts';

const dial = '{request}: dial tcp {dialled}: ';
const nc = 'nc -vz -w 3 {hostname} {port}';

/** Opening a connection to an address. */
export const tcp = {
	tcp_refused: {
		title: 'the connection is refused',
		stages: ['tcp'],
		means:
			'{place} refuses the connection: nothing listens on port {port} of {address}, or a firewall rejects. Pulls that need it fail at once.',
		prints: dial + 'connect: connection refused',
		remedy:
			'Start the service at {authority}, or correct the port in the image, the mirror or the endpoint. If it runs, look for a firewall rule that rejects.',
		confirm: nc,
		related: ['tcp_timeout', 'connection_reset'],
	},
	tcp_timeout: {
		title: 'connections are not answered',
		stages: ['tcp'],
		means:
			'No packet comes back from {place}: something drops the connection on the way. A pull waits 30 s and more for every try before the pod shows an error.',
		prints: dial + 'i/o timeout',
		remedy:
			'Let this node out to {authority} (security group, network ACL, firewall, NAT gateway, missing proxy setting).',
		confirm: nc,
		related: ['tcp_unreachable', 'dns_timeout', 'proxy_unreachable'],
	},
	tcp_unreachable: {
		title: 'there is no route to the host',
		stages: ['tcp'],
		means:
			'The node or a router on the way has no route to {address}, or a firewall says so by ICMP. Pulls that need {place} fail at once.',
		prints: dial + 'connect: no route to host',
		remedy:
			"Look at the node's routes and default gateway. An address of a family that the node lacks fails like this: then the other family has to work, or the record has to go. Behind NAT64 a host that is given by its IPv4 address needs a name.",
		confirm: `ip route get {address}; ${nc}`,
		related: ['tcp_timeout', 'tcp_not_permitted'],
	},
	tcp_not_permitted: {
		title: 'the connection is not permitted',
		stages: ['tcp'],
		means:
			"The node's own kernel refuses to send to {address}: a local firewall rule, a prohibit route, or for IPv6 a router on the way that forbids it by ICMP. Pulls that need {place} fail at once.",
		prints: dial + 'connect: permission denied',
		remedy:
			'Find the rule, first on the node itself (nftables, iptables, eBPF policy of the network plug-in, `ip route`), and allow {authority}.',
		confirm: 'ip route get {address}; nft list ruleset',
		related: ['tcp_unreachable'],
	},
	tcp_ports_exhausted: {
		title: 'the node has no free source port',
		stages: ['tcp'],
		means:
			'All local ports towards {address} are in use. Every new connection of this node to it fails, pulls included, until others close.',
		prints: dial + 'connect: cannot assign requested address',
		remedy: 'Find the process that opens the connections. Widening net.ipv4.ip_local_port_range buys time.',
		confirm: 'ss -s; cat /proc/sys/net/ipv4/ip_local_port_range',
		related: ['agent_resources_exhausted', 'tcp_timeout'],
	},
} as const satisfies Readonly<Record<string, Explanation>>;
