import type { HostDirectory, HostSettings, HostsContent, Mistyped } from '../../node/containerd/facts.ts';
import type { NodeFault } from '../../node/fault.ts';
import { quotedChoice } from '../../registry/quotable.ts';
import { printable } from '../../registry/redact.ts';
import { type Candidate, type Candidates, allCapabilities, ownHost } from './candidate.ts';
import { type HostUrl, readHostUrl, rootOf, withScheme } from './hostUrl.ts';
import { has } from './traits.ts';

/** The hosts that a directory gives for its registry, by the rules of one version. */
export function candidatesOf(directory: HostDirectory, version: string): Candidates {
	const { unfit, hostsFile, path } = directory;
	if (unfit !== undefined) {
		const detail = `${printable(path)} ${unfit}: containerd pulls nothing from this registry.`;
		return { candidates: [], refused: detail, faults: [{ file: path, fault: 'file_invalid', detail }] };
	}
	if (!hostsFile) return { candidates: [dockerLayout(directory, version)], faults: [] };
	// The agent may not read it: what it says is not known.
	if (!hostsFile.content)
		return { candidates: [{ ...ownHost(version), source: { file: hostsFile.file } }], faults: [] };
	const refusal =
		'why' in hostsFile.content ? refusedAs('file_invalid', hostsFile.content) : refusalOf(hostsFile.content, version);
	if (refusal) return { candidates: [dockerLayout(directory, version)], faults: [refusal] };
	return 'why' in hostsFile.content ? { candidates: [], faults: [] } : hostsIn(hostsFile.content, version);
}

/** Certificates for the registry's own host, beside which there is no other. */
function dockerLayout({ path, docker: { cas, clients } }: HostDirectory, version: string): Candidate {
	return {
		...ownHost(version),
		...(cas.length > 0 ? { cas } : {}),
		...(clients.length > 0 ? { clients } : {}),
		source: { file: path },
	};
}

function hostsIn(content: HostsContent, version: string): Candidates {
	const listed = listedHosts(content, version);
	const hosts = listed.map(([url, settings]) => candidate(readHostUrl(withScheme(url)), settings, version));
	const { root, server } = content;
	// Only for the last one, and only without a host, the image's own host steps in.
	const url = server && readHostUrl(withScheme(server.value));
	const last = candidate(url?.host === '' ? undefined : url, root, version);
	const timeouts = [...content.hosts.values(), root].flatMap(({ dialTimeout }) => dialTimeout ?? []);
	const names = new Set(listed.map(([url]) => url));
	const unlisted = [...content.hosts].filter(([url]) => !names.has(url));
	return {
		candidates: [...hosts, last],
		faults: [
			...(has(version, 'dialTimeout') ? [] : timeouts).map(({ place }): NodeFault => {
				return { ...place, fault: 'setting_ignored', detail: `containerd ${version} does not know "dial_timeout".` };
			}),
			...unlisted.map(([, { place }]): NodeFault => ({ ...place, fault: 'host_never_asked', detail: withoutHeader })),
		],
	};
}

const withoutHeader = 'containerd 2 sees only hosts that have a header of their own: [host."…"].';

/** The hosts in the order in which containerd asks them; one may stand there twice. */
function listedHosts(content: HostsContent, version: string): (readonly [string, HostSettings])[] {
	if (!has(version, 'orderByHeaders')) return [...content.hosts];
	return content.headed.flatMap((name) => {
		const settings = content.hosts.get(name);
		return settings ? [[name, settings] as const] : [];
	});
}

function candidate(url: HostUrl | undefined, settings: HostSettings, version: string): Candidate {
	const { cas, clients, skipVerify, headers, dialTimeout, place, origin, rewrites } = settings;
	const words = settings.capabilities.map(({ value }) => value.toLowerCase());
	return {
		...ownHost(version),
		...(url ? { url } : {}),
		// Without a server its path and capabilities count for nothing; the other keys beside it do.
		root: url ? rootOf(url.path, settings.overridePath) : '/v2',
		capabilities: !url || words.length === 0 ? allCapabilities : new Set(words),
		...(cas ? { cas } : {}),
		...(clients ? { clients } : {}),
		...(skipVerify === undefined ? {} : { skipVerify }),
		headers,
		...(dialTimeout?.value !== undefined && has(version, 'dialTimeout') ? { dialTimeout: dialTimeout.value } : {}),
		rewrites,
		source: origin ?? place,
	};
}

/** What makes containerd pass over the whole file; it says so in its log only. */
function refusalOf(content: HostsContent, version: string): NodeFault | undefined {
	const { hasHosts, server, root } = content;
	if (!hasHosts && !has(version, 'serverAlone')) {
		const detail = `containerd ${version} passes over a hosts.toml without any [host."…"], and asks the registry's own host.`;
		return { ...(server?.place ?? root.place), fault: 'setting_ignored', detail };
	}
	if (content.bracketed && !has(version, 'readsBrackets')) {
		return refusedAs('file_invalid', {
			place: content.bracketed,
			why: `containerd ${version} cannot read a header with a bracket in quotes`,
		});
	}
	const hosts = [...listedHosts(content, version), [server?.value ?? '', root] as const];
	for (const [url, settings] of hosts) {
		const fault = refusalOfHost(url, settings, version);
		if (fault) return fault;
	}
	return undefined;
}

function refusalOfHost(url: string, settings: HostSettings, version: string): NodeFault | undefined {
	const { refusal, capabilities, dialTimeout, place } = settings;
	if (url !== '' && !readHostUrl(withScheme(url))) return refusedAs('file_invalid', { place, why: 'a host is no URL' });
	const unknown = capabilities.find(({ value }) => !isKnown(value, version));
	if (unknown) {
		const why = `it does not know ${quotedChoice(unknown.value, 'one')} among the capabilities`;
		return refusedAs('capability_unknown', { place: unknown.place, why });
	}
	if (refusal) return refusedAs('file_invalid', refusal);
	const wrongTimeout = dialTimeout && dialTimeout.value === undefined && has(version, 'dialTimeout');
	return wrongTimeout
		? refusedAs('file_invalid', { place: dialTimeout.place, why: '"dial_timeout" is no duration' })
		: undefined;
}

function refusedAs(fault: 'file_invalid' | 'capability_unknown', { place, why }: Mistyped): NodeFault {
	return { ...place, fault, detail: `containerd passes over this file, mirrors included: ${why}.` };
}

function isKnown(word: string, version: string): boolean {
	const lower = word.toLowerCase();
	return lower === 'referrers' ? has(version, 'referrers') : allCapabilities.has(lower);
}
