import type { Rule } from './rule.ts';
import { sources } from './sources.ts';

const asked = { stage: 'asked' } as const;
const broken = { ...asked, inside: 'broken', from: sources.transport } as const;

/** What comes back, or does not, once a request was sent. */
export const http: readonly Rule[] = [
	{ ...asked, says: /^timeout awaiting response headers$/, reason: 'http_timeout', from: sources.transport },
	{ ...asked, says: /^stopped after \d+ redirects$/, reason: 'redirect_loop', from: sources.client },
	{ ...broken, says: /^malformed /, reason: 'http_protocol_error' },
	{
		...broken,
		says: /^(?:bad Content-Length|http2|unsupported transfer encoding|too many transfer encodings)/,
		reason: 'http_protocol_error',
	},
	{
		...asked,
		says: /^(?:too many 1xx informational responses|malformed chunked encoding|invalid byte in chunk length)/,
		reason: 'http_protocol_error',
		from: sources.transport,
	},
	{
		...asked,
		says: /^server response headers exceeded \d+ bytes/,
		reason: 'http_protocol_error',
		from: sources.transport,
	},
	{ ...broken, says: /^(?:unexpected )?EOF$/, reason: null, open: ['http_closed', 'http_protocol_error'] },
	// The answer to CONNECT is read without the words of a broken connection.
	{
		says: /^malformed HTTP /,
		inside: 'request',
		reason: null,
		open: ['proxy_error', 'http_protocol_error'],
		from: sources.response,
	},
	{
		...asked,
		says: /^connection reset by peer\b/,
		inside: 'later',
		reason: 'connection_reset',
		from: sources.measured,
	},
	{
		says: /^connection reset by peer\b/,
		inside: 'reading',
		reason: 'connection_reset',
		stage: 'blob',
		from: sources.errno,
	},
	// In the handshake or after it: the words are the same.
	{ says: /^connection reset by peer\b/, inside: 'connection', reason: 'connection_reset', from: sources.errno },
	{
		says: /^broken pipe$/,
		inside: 'connection',
		reason: null,
		open: ['connection_reset', 'http_closed', 'tls_closed'],
		from: sources.errno,
	},
	{ ...asked, says: /^EOF$/, inside: 'later', reason: 'http_closed', from: sources.measured },
	{
		says: /^(?:unexpected )?EOF$/,
		inside: 'request',
		reason: null,
		open: ['tls_closed', 'http_closed', 'proxy_error'],
		from: sources.measured,
	},
];

const giveUp = ['tcp_timeout', 'tls_timeout', 'proxy_timeout', 'http_timeout'] as const;

/** Who gave up does not know what it waited for. Read last: an error inside says more. */
export const givenUp: readonly Rule[] = [
	{ says: /^context deadline exceeded\b/, reason: null, open: giveUp, from: sources.measured },
	{
		says: /^request canceled\b|^operation was canceled$/,
		inside: 'request',
		reason: null,
		open: giveUp,
		from: sources.client,
	},
	{ says: /^i\/o timeout$/, inside: 'request', reason: null, open: giveUp, from: sources.net },
	{
		says: /^context canceled$/,
		inside: 'request',
		reason: null,
		open: [...giveUp, 'cancelled'],
		from: sources.measured,
	},
	{ says: /^context canceled$/, inside: 'reading', reason: 'cancelled', stage: 'blob', from: sources.measured },
	{ says: /^context canceled$/, reason: 'cancelled', from: sources.measured },
];
