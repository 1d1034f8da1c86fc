import { formatDuration } from '../config/duration.ts';
import { formatSize } from '../config/size.ts';
import { formatProxy, manifestUrl, type PlanDocument, proxyInUse, sourceOf } from '../plan/planDocument.ts';
import type { Target } from '../plan/target.ts';
import { printable } from '../registry/redact.ts';
import { formatReference } from '../registry/reference.ts';
import { wrap } from '../views/terminal/wrap.ts';

const labelWidth = 11;

/** The plan for people: a block for each target, one line for each thing that decides how it is probed. */
export function planText({ node, runtime, resolver, faults }: PlanDocument, targets: readonly Target[]): string {
	const search = resolver.search.length > 0 ? `, search ${resolver.search.join(' ')}` : '';
	const head = [
		line('node', node),
		...(runtime ? [line('runtime', `${runtime.name} ${runtime.version}`)] : []),
		line('nameservers', `${resolver.nameservers.join(', ')}${search} (${resolver.source})`),
	];
	const none = targets.length === 0 ? ['', 'Nothing is probed: the list of registries is empty.'] : [];
	return [
		...head,
		...none,
		...targets.flatMap((target) => ['', ...targetLines(target)]),
		...faults.flatMap(faultLines),
	].join('\n');
}

function targetLines(target: Target): string[] {
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

/** What is wrong with the node, as it stands in its files. */
function faultLines({ file, line: at, fault, detail }: PlanDocument['faults'][number]): string[] {
	const [first = '', ...more] = wrap(printable(detail, 1000), 80 - labelWidth - 1);
	const place = at === undefined ? file : `${file}:${at}`;
	return ['', fault, line('  in', place), line('  says', first), ...more.map((text) => line('', text))];
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

function line(label: string, text: string): string {
	return `${label.padEnd(labelWidth)} ${text}`;
}
