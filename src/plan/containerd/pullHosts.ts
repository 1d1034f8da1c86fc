import type { Header } from '../../node/containerd/facts.ts';
import type { NodeFault } from '../../node/fault.ts';
import type { Endpoint } from '../../registry/endpoint.ts';
import { isLocal, upstreamEndpoint, upstreamOf } from '../../registry/hosts.ts';
import { readHostPort } from '../../registry/hostPort.ts';
import type { Reference } from '../../registry/reference.ts';
import type { PullHost } from '../pullHost.ts';
import { holdsLogin } from '../shownPath.ts';
import type { Candidate } from './candidate.ts';
import { certificateProblem, faultsOfCertificates } from './certificateFaults.ts';
import { type Headers, headersOf } from './headers.ts';
import { rewrite } from './rewrite.ts';

/** What is the same for all hosts of a route. */
export interface Asked {
	readonly reference: Reference;
	/** Headers that go to every registry. */
	readonly headers: readonly Header[];
	/** containerd obeys rewrites here. */
	readonly rewrites: boolean;
}

/** A host of a route, or what is wrong with a host that cannot be asked. */
export interface Made {
	readonly host?: PullHost;
	readonly faults: readonly NodeFault[];
}

/** The built-in host of a registry stands in no file. */
const builtIn = { file: 'built-in defaults' };

/** What containerd asks a host for, and how. */
export function makePullHost(candidate: Candidate, asked: Asked): Made {
	const { reference } = asked;
	const reached = reach(candidate, reference.domain);
	const { root, cas = [], clients = [], dialTimeout, source = builtIn } = candidate;
	if (!reached) {
		const detail = 'containerd cannot ask this host, and goes on with the next: it is no host of http or https.';
		return { faults: [{ ...source, fault: 'setting_invalid', detail }] };
	}
	const rewritten = asked.rewrites ? rewrite(reference.repository, candidate.rewrites) : undefined;
	const headers = headersOf([...asked.headers, ...candidate.headers]);
	const unusable = certificateProblem(candidate) ?? headers.unusable;
	const host: PullHost = {
		...reached,
		root,
		...(rewritten && rewritten.repository !== reference.repository ? { repository: rewritten.repository } : {}),
		capabilities: capabilitiesOf(candidate, reference),
		headers: headers.headers,
		cas: cas.map(({ path }) => path),
		clientCertificates: clients.map(({ certificate, key }) => ({ certificate, key })),
		...(dialTimeout === undefined ? {} : { dialTimeout }),
		...(unusable === undefined ? {} : { unusable }),
		source,
	};
	return { host, faults: faultsOf(candidate, headers, rewritten?.faults ?? []) };
}

function faultsOf(candidate: Candidate, { faults }: Headers, more: readonly NodeFault[]): NodeFault[] {
	return [...faultsOfLogin(candidate), ...faultsOfCertificates(candidate), ...faults, ...more];
}

/** What stands before the first slash is asked as a host: a piece of the login. */
function faultsOfLogin({ url, source = builtIn }: Candidate): NodeFault[] {
	if (!url || !holdsLogin(url.path)) return [];
	const detail =
		'The login of this host is not percent-encoded: write / as %2F. containerd takes what stands before the / for the host.';
	return [{ ...source, fault: 'setting_invalid', detail }];
}

/** containerd fetches from every host of the list, also from those that are said to resolve only; measured. */
function capabilitiesOf({ capabilities }: Candidate, { digest }: Reference): PullHost['capabilities'] {
	return resolves(capabilities, digest !== undefined) ? ['pull', 'resolve'] : ['pull'];
}

/** Whether a host is asked which manifest a tag, or a digest, stands for. */
export function resolves(capabilities: ReadonlySet<string>, byDigest: boolean): boolean {
	return capabilities.has('pull') && (byDigest || capabilities.has('resolve'));
}

type Reached = Pick<PullHost, 'endpoint' | 'via' | 'namespace' | 'insecure' | 'plainHttpFallback'>;

function reach(candidate: Candidate, domain: string): Reached | undefined {
	const { url } = candidate;
	if (!url) return reachOwn(candidate, domain);
	const { address, host } = url;
	if (!address || (url.scheme !== 'http' && url.scheme !== 'https')) return undefined;
	const plain = url.scheme === 'http';
	const tlsFirst = plain && triesTls(candidate, address.port);
	const scheme = plain && !tlsFirst ? 'http' : 'https';
	const endpoint: Endpoint = { scheme, hostname: address.hostname, port: address.port ?? (plain ? 80 : 443) };
	return {
		...relation(endpoint, host, domain),
		endpoint,
		insecure: candidate.skipVerify ?? false,
		plainHttpFallback: tlsFirst,
	};
}

/**
 * Whether TLS is tried before plain HTTP. Where the URL names no port containerd would try TLS on 443 and come down to 80:
 * that is two endpoints, of which the one that is written counts here.
 */
function triesTls({ tlsFirst, cas, clients, skipVerify }: Candidate, port: number | undefined): boolean {
	const configured = cas !== undefined || clients !== undefined || skipVerify !== undefined;
	return configured && tlsFirst && port !== undefined && port !== 80;
}

function reachOwn(candidate: Candidate, domain: string): Reached {
	const upstream = upstreamOf(domain);
	const address = readHostPort(domain);
	const insecure = upstream.insecure || candidate.skipVerify === true;
	if (candidate.tlsFirst || !address || !isLocal(address.hostname)) {
		return { ...upstream, insecure, via: 'upstream' };
	}
	// Older versions ask whatever runs on the node itself in plain HTTP.
	const endpoint: Endpoint = { scheme: 'http', hostname: address.hostname, port: address.port ?? 80 };
	return { endpoint, insecure: false, plainHttpFallback: false, via: 'upstream' };
}

/** containerd compares hosts as they are written: `registry:443` is another than `registry`, and is told the namespace. */
function relation({ hostname, port }: Endpoint, host: string, domain: string): Pick<Reached, 'via' | 'namespace'> {
	const isOwn = host === domain || (domain === 'docker.io' && host === 'registry-1.docker.io');
	const own = upstreamEndpoint(domain);
	const via = isOwn || (own.hostname === hostname && own.port === port) ? 'upstream' : 'mirror';
	return isOwn ? { via } : { via, namespace: domain };
}
