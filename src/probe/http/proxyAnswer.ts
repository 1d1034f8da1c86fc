import { printable } from '../../registry/redact.ts';
import { ProbeFailure } from '../stage.ts';
import type { Answer } from './answer.ts';

/** Behind a proxy that is asked in absolute form some answers are the proxy's own. Throws `ProbeFailure` that belongs to the proxy stage. */
export function refuseAsProxy({ status, header }: Answer): void {
	const own = { belongsTo: 'proxy' } as const;
	if (status === 407) throw new ProbeFailure('proxy_auth_required', 'the proxy answers 407', { status }, own);
	// Squid says so when an error is its own.
	const error = header('x-squid-error');
	if (error === undefined) return;
	const denied = status >= 400 && status < 500;
	throw new ProbeFailure(
		denied ? 'proxy_denied' : 'proxy_error',
		`the proxy answers ${status} (${printable(error, 60)})`,
		{ status },
		own,
	);
}
