import type { Target } from '../plan/target.ts';
import { originOf } from '../registry/endpoint.ts';

const product = 'registry-probe';

/** Headers of every request; a body is asked for as it is stored, so that digests can be checked. */
export const plainHeaders: Readonly<Record<string, string>> = { 'user-agent': product, 'accept-encoding': 'identity' };

/** Headers of a request to the registry, or to a service that it names: with those that the node adds. */
export function commonHeaders(target: Target): Record<string, string> {
	// undici writes each character as one byte.
	const bytesOf = (value: string) => Buffer.from(value).toString('latin1');
	const own = Object.entries(target.headers).map(([name, value]) => [name.toLowerCase(), bytesOf(value)]);
	return { ...plainHeaders, ...Object.fromEntries(own) };
}

/** The URL of a manifest or blob of the target's repository, as the runtime asks for it (path prefix and `?ns=` included). */
export function objectUrl(target: Target, kind: 'manifests' | 'blobs', reference: string): URL {
	const url = new URL(`${originOf(target.endpoint)}${target.root}/${target.repository}/${kind}/${reference}`);
	if (target.namespace !== undefined) url.searchParams.set('ns', target.namespace);
	return url;
}

/** What the target's image is asked for by: its digest or its tag. */
export function referenceOf({ image }: Target): string {
	return image.digest ?? image.tag ?? 'latest';
}
