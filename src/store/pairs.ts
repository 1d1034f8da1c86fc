import { isIP } from 'node:net';
import type { Target } from '../plan/target.ts';
import type { Pair } from './targetState.ts';

/**
 * The role and stage pairs that a target can fail in, known before its first attempt so that their counters start at 0.
 * What the token service and the blob host will be called is not known yet: they are taken to be names, reached as the
 * registry is (over TLS or not, through the proxy or not). Every other pair, all of role `redirect` included, is met later.
 */
export function expectedPairs(target: Target, proxied: boolean): readonly Pair[] {
	const tls = target.endpoint.scheme === 'https';
	const named = isIP(target.endpoint.hostname) === 0;
	return [
		...connectPairs('registry', { tls, proxied, named }),
		'registry challenge',
		'registry manifest',
		...connectPairs('token', { tls, proxied, named: true }),
		'token token',
		...(target.blob ? blobPairs({ tls, proxied, named: true }) : []),
	];
}

interface Way {
	readonly tls: boolean;
	readonly proxied: boolean;
	/** The host is a name, not an IP literal. */
	readonly named: boolean;
}

function connectPairs(role: 'registry' | 'token' | 'blob', { tls, proxied, named }: Way): readonly Pair[] {
	const reach: readonly Pair[] = proxied ? [`${role} proxy`] : named ? [`${role} dns`, `${role} tcp`] : [`${role} tcp`];
	return tls ? [...reach, `${role} tls`] : reach;
}

function blobPairs(way: Way): readonly Pair[] {
	return ['registry blob', ...connectPairs('blob', way), 'blob blob'];
}
