import { formatDuration } from '../config/duration.ts';
import { formatSize } from '../config/size.ts';
import { formatProxy, manifestUrl, proxyInUse, sourceOf } from '../plan/planDocument.ts';
import type { Target } from '../plan/target.ts';
import { formatReference } from '../registry/reference.ts';
import { line } from './planLine.ts';

/** What decides how a target is probed, one line each; its registry above them. */
export function targetLines(target: Target): string[] {
	const { registry, image, host, via, bare } = target;
	const asked = formatReference(image);
	return [
		registry,
		line('  image', bare ? `none named; ${asked} stands in` : asked),
		line('  host', `${host} (${via}${standing(target)})`),
		line('  request', manifestUrl(target)),
		line('  every', `${formatDuration(target.interval)}, at most ${formatDuration(target.timeout)} a stage`),
		line('  proxy', proxy(target)),
		line('  trust', trust(target)),
		line('  login', login(target)),
		...optional('  headers', Object.keys(target.headers)),
		...optional(
			'  shows',
			target.clientCertificates.map(({ certificate }) => certificate.file),
		),
		line('  blob', blob(target)),
		line('  because', because(target)),
	];
}

/** How far the runtime uses the host. */
function standing({ unusable, unasked, capabilities }: Target): string {
	if (unusable !== undefined) return ', unusable';
	if (unasked) return ', which the runtime does not ask';
	return capabilities.length < 2 ? `, for ${capabilities.join()} only` : '';
}

function trust({ endpoint, insecure, cas }: Target): string {
	if (endpoint.scheme === 'http') return 'plain http, nothing is verified';
	if (insecure) return 'the certificate is not verified';
	return ["the node's bundle", ...cas.map(({ file }) => file)].join(' and ');
}

function login({ credentials }: Target): string {
	return credentials.source === 'file' ? credentials.file : credentials.source;
}

function blob({ blob: wish }: Target): string {
	if (!wish) return 'not read';
	const layer = wish.digest === undefined ? 'a layer of the manifest' : `${wish.digest.slice(0, 19)}…`;
	return `at most ${formatSize(wish.bytes)} of ${layer}`;
}

/** A proxy that NO_PROXY sets aside is still that of the token service and the blob host. */
function proxy(target: Target): string {
	if (!target.proxy) return 'none';
	const told = `${formatProxy(target.proxy)} (${target.proxy.source})`;
	return proxyInUse(target) ? told : `none for this host; ${told} for others`;
}

function because(target: Target): string {
	const source = sourceOf(target);
	if (!source) return 'no registries are configured';
	return source.line === undefined ? source.file : `${source.file}:${source.line}`;
}

/** Names of headers, never their values; files of client certificates. */
function optional(label: string, values: readonly string[]): string[] {
	return values.length === 0 ? [] : [line(label, values.join(', '))];
}
