import type { Explanation } from '../explanation.ts';

const lookup = '{request}: dial tcp: lookup {hostname} on {nameserverAuthority}: ';
const dig = '{dig} {hostname}';

/** Resolving a name with the node's own nameservers. */
export const dns = {
	dns_name_not_found: {
		title: 'the name does not exist',
		stages: ['dns'],
		means:
			'The nameserver {nameserver} says that {hostname} does not exist (NXDOMAIN). ' +
			'Every pull that needs {place} fails at once on this node.',
		prints: lookup + 'no such host',
		remedy:
			"Check the spelling of the host in the image or mirror. If it is right, ask whoever runs {nameserver} why the name is missing: a private zone that is not attached to this network, a record that was deleted, a filter that hides it. A name in the node's own hosts file wins over DNS.",
		confirm: dig,
		related: ['dns_no_address', 'dns_timeout'],
	},
	dns_no_address: {
		title: 'the name has no address',
		stages: ['dns'],
		means:
			'{hostname} exists, but it has neither an A nor an AAAA record. Pulls cannot dial {place}; the runtime words it as if the name did not exist.',
		prints: lookup + 'no such host',
		remedy:
			'Add the missing record where the zone of {hostname} is kept. If other networks see an address, {nameserver} filters it or serves another view of the zone.',
		confirm: `${dig} A; ${dig} AAAA`,
		related: ['dns_name_not_found'],
	},
	dns_server_failure: {
		title: 'the nameserver failed (SERVFAIL)',
		stages: ['dns'],
		means: 'The nameserver {nameserver} could not answer for {hostname}. Pulls that need {place} fail until it can.',
		prints: lookup + 'server misbehaving',
		remedy:
			'Look at {nameserver}: its forwarders may be unreachable, or DNSSEC validation of the zone fails. If another resolver answers, point the node at that one.',
		confirm: dig,
		related: ['dns_refused', 'dns_timeout'],
	},
	dns_refused: {
		title: 'the nameserver refuses to answer',
		stages: ['dns'],
		means:
			'The nameserver {nameserver} refuses questions from this node (REFUSED). Pulls that need {place} fail at once.',
		prints: lookup + 'server misbehaving',
		remedy:
			"Allow this node's network in the access list of {nameserver}, or give the node a nameserver that serves it.",
		confirm: dig,
		related: ['dns_server_failure'],
	},
	dns_timeout: {
		title: 'no nameserver answers',
		stages: ['dns'],
		means:
			"None of the node's nameservers answered for {hostname} in time. Each look-up of a pull waits 5 s per server and try, and containerd 2.3 and newer repeats it: the pod shows the error only after a minute.",
		prints: lookup + 'read udp …->{nameserverAuthority}: i/o timeout',
		remedy:
			'Let this node reach its nameservers on port 53, UDP and TCP (security group, firewall, node-local cache that is down), or correct them in resolv.conf.',
		confirm: dig,
		related: ['dns_unreachable', 'tcp_timeout'],
	},
	dns_unreachable: {
		title: 'the nameserver cannot be reached',
		stages: ['dns'],
		means:
			'Nothing listens on port 53 of {nameserver}, or there is no route to it. No name can be resolved, so pulls from every registry fail on this node.',
		prints: lookup + 'read udp …->{nameserverAuthority}: read: connection refused',
		remedy:
			"Start the nameserver, or correct the address in the node's resolv.conf. With a node-local cache or systemd-resolved, look at that service first.",
		confirm: dig,
		related: ['dns_timeout', 'tcp_refused'],
	},
	dns_truncated: {
		title: 'the answer needs DNS over TCP, which is blocked',
		stages: ['dns'],
		means:
			'The answer for {hostname} is too long for UDP (TC bit), and {nameserver} does not answer over TCP. Pulls that need {place} fail, though short answers still work.',
		prints: lookup + 'dial tcp {nameserverAuthority}: connect: connection refused',
		remedy: 'Open TCP port 53 between this node and {nameserver}, or make the nameserver listen on it.',
		confirm: '{dig} {hostname} +tcp',
		related: ['dns_malformed', 'dns_timeout'],
	},
	dns_malformed: {
		title: 'the nameserver answers nonsense',
		stages: ['dns'],
		means:
			'{nameserver} answered for {hostname} with something that is not a valid DNS message. Pulls that need {place} fail.',
		prints: lookup + 'cannot unmarshal DNS message',
		remedy:
			'Something between this node and {nameserver} damages DNS, or the server is broken: compare the answer over TCP, and look for a firewall with DNS inspection.',
		confirm: `${dig}; ${dig} +tcp`,
		related: ['dns_server_failure', 'dns_truncated'],
	},
} as const satisfies Readonly<Record<string, Explanation>>;
