import { holdsCertificate } from '../../registry/certificates.ts';
import { faultOfKeyPair } from '../../registry/keyPair.ts';
import { quotedPath } from '../../registry/quotable.ts';
import type { NodeFault } from '../fault.ts';
import { type NodeFile, readNodeFile } from '../nodeFile.ts';
import { type PlacedEntry, readDirectory } from './directory.ts';
import type { HostCertificates } from './facts.ts';

/** What a host's directory holds, while it is read. */
interface Reading {
	readonly root: string;
	readonly entries: readonly PlacedEntry[];
	readonly faults: NodeFault[];
	readonly cas: string[];
	readonly clients: { certificate: string; key: string }[];
}

/**
 * One directory of certs.d: `*.crt` are authorities, `*.cert` and `*.key` with the same name before it are one client
 * certificate (containers-certs.d(5)). As in containers/image the first file that cannot be used ends it all.
 */
export function readHostDirectory(root: string, host: string, path: string, faults: NodeFault[]): HostCertificates {
	const listed = readDirectory(root, path);
	const entries = listed.state === 'read' ? listed.entries : [];
	if (listed.state === 'unreadable') faults.push(listed.fault);
	const reading: Reading = { root, entries, faults, cas: [], clients: [] };
	const unusable = firstFault(reading);
	const { cas, clients } = reading;
	return { host, directory: path, cas, clients, ...(unusable !== undefined && { unusable }) };
}

function firstFault(reading: Reading): string | undefined {
	for (const entry of reading.entries) {
		const why = use(entry, reading);
		if (why === undefined) continue;
		const detail = `${why}; CRI-O fails at this host before it sends anything`;
		reading.faults.push({ file: entry.path, fault: 'certificate_unusable', detail });
		return `${quotedPath(entry.path, 'a file of certs.d')}: ${why}`;
	}
	return undefined;
}

/** Why CRI-O fails over an entry; undefined when it takes it or leaves it alone. */
function use(entry: PlacedEntry, reading: Reading): string | undefined {
	const [, base, kind] = /^(.*)\.(crt|cert|key)$/s.exec(entry.name) ?? [];
	if (kind === 'crt') return useAuthority(entry, reading);
	if (kind === 'cert') return useClient(entry, `${base}.key`, reading);
	if (kind === 'key' && !beside(`${base}.cert`, reading)) {
		return `there is no ${quotedPath(`${base}.cert`, 'certificate of its name')} for this key`;
	}
	return undefined;
}

function useAuthority(entry: PlacedEntry, { root, faults, cas }: Reading): string | undefined {
	if (entry.isDirectory) return 'it is a directory';
	const text = textOf(readNodeFile(root, entry.path), faults);
	if (text === undefined) return undefined;
	if (holdsCertificate(text)) cas.push(entry.path);
	else {
		const detail = 'it holds no certificate; CRI-O goes on without';
		faults.push({ file: entry.path, fault: 'certificate_unusable', detail });
	}
	return undefined;
}

function useClient(entry: PlacedEntry, keyName: string, reading: Reading): string | undefined {
	const { root, faults, clients } = reading;
	const key = beside(keyName, reading);
	if (!key) {
		return `there is no ${quotedPath(keyName, 'key of its name')} for this client certificate (an authority's certificate is named *.crt)`;
	}
	const files = [readNodeFile(root, entry.path), readNodeFile(root, key)] as const;
	if (files.some(({ state }) => state === 'missing')) return 'it, or its key, is a link that leads nowhere';
	const [certificate, secret] = [textOf(files[0], faults), textOf(files[1], faults)];
	if (certificate === undefined || secret === undefined) return undefined;
	const fault = faultOfKeyPair(certificate, secret);
	if (fault === undefined) clients.push({ certificate: entry.path, key });
	return fault;
}

/** The text of a file. One that this agent may not read is no sign that CRI-O cannot. */
function textOf(file: NodeFile, faults: NodeFault[]): string | undefined {
	if (file.state === 'unreadable') faults.push(file.fault);
	return file.state === 'read' ? file.text : undefined;
}

/** The path of a file of the directory, where there is one of that name. */
function beside(name: string, { entries }: Reading): string | undefined {
	return entries.find((entry) => entry.name === name)?.path;
}
