import { statSync } from 'node:fs';

import { printable } from '../../registry/redact.ts';
import { listDirectory } from '../directory.ts';
import type { NodeFault } from '../fault.ts';
import { faultOf } from '../found.ts';
import { readBytes } from '../nodeFile.ts';
import { resolveBelow, unlessExhausted } from '../root.ts';
import type { CredentialProvider, CredentialProviders } from './credentialProvider.ts';
import { Fields } from './fields.ts';
import { readProvider } from './providerSchema.ts';
import type { ProviderPaths } from './wellKnown.ts';
import { readYaml } from '../yaml.ts';

/** By when the kubelet began to read them: 1.20, 1.24, 1.26. */
const apiVersions = ['v1alpha1', 'v1beta1', 'v1'].map((version) => `kubelet.config.k8s.io/${version}`);
const mostFiles = 100;
/** Far larger than such a file is; the parser takes up to 8 ms for each 1,000 bytes. */
const mostBytes = 256 * 1024;
const mostProviders = 100;
const mostFaults = 50;

/**
 * The credential providers that the kubelet was given: from a CredentialProviderConfig
 * (https://kubernetes.io/docs/reference/config-api/kubelet-config.v1/), or from 1.34 on from a directory of them, in the
 * order of their names (https://github.com/kubernetes/kubernetes/pull/131658). The kubelet reads them once, and does not
 * start with one that has a fault. Throws only when out of descriptors.
 */
export function readProviders(root: string, paths: ProviderPaths | undefined): CredentialProviders {
	if (!paths) return { providers: [], faults: [] };
	const { configuration, directory } = paths;
	const faults: NodeFault[] = [];
	const providers = new Map<string, CredentialProvider>();
	for (const file of filesOf(root, configuration, faults)) {
		for (const provider of readFile(root, file, directory, faults)) {
			const { name, line } = provider;
			if (providers.has(name)) {
				const detail = `provider ${printable(name, 100)} stands twice; the kubelet does not start so`;
				faults.push({ file, ...(line !== undefined && { line }), fault: 'setting_invalid', detail });
			} else if (providers.size < mostProviders) {
				providers.set(name, provider);
				faults.push(...programFaults(root, provider));
			}
		}
	}
	return { configuration, providers: [...providers.values()], faults: faults.slice(0, mostFaults) };
}

function filesOf(root: string, path: string, faults: NodeFault[]): readonly string[] {
	const found = listDirectory(root, path);
	if (found.state === 'missing' || found.state === 'unfit') return [path];
	if (found.state === 'unreadable') {
		faults.push(faultOf(path, found));
		return [];
	}
	const files = found.value.entries.map(({ name }) => name).filter((name) => /\.(?:json|ya?ml)$/.test(name));
	if (files.length === 0) {
		faults.push({ file: path, fault: 'file_invalid', detail: 'the directory holds no .json, .yaml or .yml file' });
	}
	return files.slice(0, mostFiles).map((name) => `${path}/${name}`);
}

function readFile(root: string, file: string, directory: string, faults: NodeFault[]): readonly CredentialProvider[] {
	const complain = (line: number, detail: string) => {
		faults.push({ file, line, fault: 'setting_invalid', detail: `${detail}; the kubelet does not start so` });
	};
	const found = readBytes(root, file, mostBytes);
	if (found.state === 'missing' || (found.state === 'unfit' && found.code === 'ENOTDIR')) {
		faults.push({ file, fault: 'file_invalid', detail: 'there is no such file; the kubelet does not start so' });
		return [];
	}
	if (found.state !== 'read') {
		faults.push(faultOf(file, found));
		return [];
	}
	const read = readYaml(found.value.toString());
	if ('why' in read) {
		const detail = `${read.why}; the kubelet does not start so`;
		faults.push({ file, line: read.line, fault: 'file_invalid', detail });
		return [];
	}
	const fields = new Fields(read, complain);
	fields.only(['apiVersion', 'kind', 'providers']);
	const kind = fields.text('kind', 'required');
	if (kind !== undefined && kind !== 'CredentialProviderConfig') {
		complain(fields.lineOf('kind'), 'kind is not CredentialProviderConfig');
	}
	const version = fields.text('apiVersion', 'required');
	if (version !== undefined && !apiVersions.includes(version)) {
		complain(fields.lineOf('apiVersion'), `apiVersion is none of ${apiVersions.join(', ')}`);
	}
	const entries = fields.list('providers');
	if (entries.length === 0) complain(fields.lineOf('providers'), 'providers is empty');
	return entries.flatMap((entry) => readProvider(entry, { file, directory, complain }) ?? []);
}

function programFaults(root: string, { file, line, name, program }: CredentialProvider): readonly NodeFault[] {
	const about = unlessExhausted(() => statSync(resolveBelow(root, program)));
	if (about?.isFile() === true && (about.mode & 0o111) !== 0) return [];
	const why = about?.isFile() === true ? 'is not executable' : 'is not there, or cannot be seen';
	const detail = `the program of provider ${printable(name, 100)}, ${printable(program, 200)}, ${why}`;
	return [{ file, ...(line !== undefined && { line }), fault: 'setting_invalid', detail }];
}
