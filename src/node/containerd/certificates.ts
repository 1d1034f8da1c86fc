import { holdsCertificate } from '../../registry/certificates.ts';
import { faultOfKeyPair } from '../../registry/keyPair.ts';
import { printable } from '../../registry/redact.ts';
import type { Place } from '../fault.ts';
import type { CaFile, ClientFiles } from './facts.ts';
import type { NodeReader } from './nodeReader.ts';

/** Tells of certificate files whether containerd can load them. Paths are the node's; each file is read once. */
export interface CertificateCheck {
	ca(path: string, place: Place): CaFile;
	pair(certificate: string, key: string, place: Place): ClientFiles;
}

/** Makes a check. Files that this process may not read are no problem here. Throws as `NodeReader`. */
export function createCertificateCheck(reader: NodeReader): CertificateCheck {
	const texts = new Map<string, Loaded>();
	const load = (path: string): Loaded => {
		const known = texts.get(path);
		if (known) return known;
		const loaded = loadText(reader, path);
		texts.set(path, loaded);
		return loaded;
	};
	return {
		ca(path, place) {
			const { text, problem } = load(path);
			if (problem !== undefined) return { path, place, problem };
			const empty = text !== undefined && !holdsCertificate(text);
			return { path, place, ...(empty ? { empty } : {}) };
		},
		pair(certificate, key, place) {
			const files = { certificate, key, place };
			if (certificate === '' || key === '') return { ...files, problem: 'the certificate or its key is not named' };
			const [first, second] = [load(certificate), load(key)];
			const problem = first.problem ?? second.problem ?? problemOfPair(first.text, second.text);
			return { ...files, ...(problem === undefined ? {} : { problem }) };
		},
	};
}

interface Loaded {
	/** Absent when there is a problem, or when this process cannot tell. */
	readonly text?: string;
	readonly problem?: string;
}

function loadText(reader: NodeReader, path: string): Loaded {
	const file = reader.file(path);
	if (file.state === 'read') return { text: file.value.toString('latin1') };
	if (file.state === 'missing') return { problem: `${printable(path)} does not exist` };
	return file.state === 'unfit' ? { problem: `${printable(path)} ${file.why}` } : {};
}

function problemOfPair(certificate: string | undefined, key: string | undefined): string | undefined {
	return certificate === undefined || key === undefined ? undefined : faultOfKeyPair(certificate, key);
}
