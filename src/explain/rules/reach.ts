import type { Rule } from './rule.ts';
import { sources } from './sources.ts';

const socks = { inside: 'socks', stage: 'proxy' } as const;

/** The proxy in front of a host: whatever happens on the way to it is its own fault, look-ups included. */
export const proxy: readonly Rule[] = [
	{ says: /^proxyconnect tcp$/, reason: 'proxy_unreachable', stage: 'proxy', from: sources.transport },
	{ ...socks, says: /^dial tcp\b|^lookup /, reason: 'proxy_unreachable', from: sources.socks },
	{ ...socks, says: /connection not allowed by ruleset$/, reason: 'proxy_denied', from: sources.socks },
	{ ...socks, says: /authentication (?:failed|methods?)\b/, reason: 'proxy_auth_required', from: sources.socks },
	{
		...socks,
		says: /(?:general SOCKS server failure|network unreachable|host unreachable|connection refused|TTL expired|not supported)$/,
		reason: 'proxy_error',
		from: sources.socks,
	},
];

const dial = { inside: 'dial', stage: 'tcp' } as const;

/** Opening a connection to the host itself. */
export const tcp: readonly Rule[] = [
	{ ...dial, says: /^connection refused$/, reason: 'tcp_refused', from: sources.errno },
	{ ...dial, says: /^(?:i\/o timeout|connection timed out)$/, reason: 'tcp_timeout', from: sources.net },
	{
		...dial,
		// A blackhole route gives EINVAL.
		says: /^(?:no route to host|network is (?:unreachable|down)|host is down|invalid argument)$/,
		reason: 'tcp_unreachable',
		from: sources.errno,
	},
	{ ...dial, says: /^address family not supported by protocol$/, reason: 'tcp_unreachable', from: sources.errno },
	{
		...dial,
		says: /^(?:permission denied|operation not permitted)$/,
		reason: 'tcp_not_permitted',
		from: sources.errno,
	},
	{ ...dial, says: /^cannot assign requested address$/, reason: 'tcp_ports_exhausted', from: sources.errno },
	{ ...dial, says: /^connection reset by peer$/, reason: 'connection_reset', from: sources.errno },
];
