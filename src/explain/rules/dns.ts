import type { Rule } from './rule.ts';
import { sources } from './sources.ts';

const lookup = { inside: 'lookup', stage: 'dns' } as const;

/** Errors inside of a look-up: a refused connection there is the nameserver's. */
export const dns: readonly Rule[] = [
	// NXDOMAIN and an empty answer are worded alike.
	{ ...lookup, says: /^no such host$/, reason: 'dns_name_not_found', from: sources.dns },
	// SERVFAIL, REFUSED and FORMERR are worded alike.
	{ ...lookup, says: /^server misbehaving$/, reason: 'dns_server_failure', from: sources.dns },
	{
		...lookup,
		says: /^lame referral$/,
		reason: null,
		open: ['dns_server_failure', 'dns_no_address'],
		from: sources.dns,
	},
	{
		...lookup,
		says: /^(?:cannot (?:un)?marshal DNS message|invalid DNS response)/,
		reason: 'dns_malformed',
		from: sources.dns,
	},
	{ ...lookup, says: /^(?:i\/o timeout|connection timed out)$/, reason: 'dns_timeout', from: sources.net },
	// Over TCP too: mostly the answer was too long for UDP, but resolv.conf can ask for TCP (use-vc).
	{ ...lookup, says: /^connection refused$/, reason: 'dns_unreachable', from: sources.measured },
	{
		...lookup,
		says: /^(?:no route to host|network is (?:unreachable|down)|host is down|invalid argument)$/,
		reason: 'dns_unreachable',
		from: sources.errno,
	},
	{
		...lookup,
		says: /^(?:permission denied|operation not permitted)$/,
		reason: 'dns_unreachable',
		from: sources.errno,
	},
	{
		...lookup,
		says: /^[Tt]emporary failure in name resolution$/,
		reason: null,
		open: ['dns_timeout', 'dns_unreachable', 'dns_server_failure'],
		from: sources.cgo,
	},
	{
		...lookup,
		says: /^(?:connection reset by peer|EOF)$/,
		reason: null,
		open: ['dns_unreachable', 'dns_truncated', 'dns_malformed'],
		from: sources.errno,
	},
	{ ...lookup, says: /^Name or service not known$/, reason: 'dns_name_not_found', from: sources.cgo },
];
