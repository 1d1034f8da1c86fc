import type { Target, TargetFile } from '../../plan/target.ts';
import type { Vantage } from '../../plan/vantage.ts';
import { faultOfKeyPair } from '../../registry/keyPair.ts';
import { ProbeFailure } from '../stage.ts';
import { isExhausted } from '../systemError.ts';
import type { PemText } from './anchors.ts';
import type { Identity } from './context.ts';

/** The texts of a target's CA files. Throws `ProbeFailure`: `node_config_unusable` when one cannot be read, `agent_resources_exhausted`. */
export function readCas({ cas }: Target, vantage: Vantage): readonly PemText[] {
	return cas.map((ca) => ({ file: ca.file, text: read(ca, vantage, 'the CA file') }));
}

/** What a target shows to servers that ask for a certificate. Throws as `readCas`. */
export function readIdentities({ clientCertificates }: Target, vantage: Vantage): readonly Identity[] {
	return clientCertificates.map((files) => {
		const certificate = read(files.certificate, vantage, 'the client certificate');
		const key = read(files.key, vantage, 'the key of a client certificate');
		const fault = faultOfKeyPair(certificate, key);
		if (fault === undefined) return { certificate, key };
		const { file } = files.certificate;
		throw new ProbeFailure('node_config_unusable', `the client certificate ${file} cannot be loaded: ${fault}`);
	});
}

function read({ file, of }: TargetFile, vantage: Vantage, what: string): string {
	let text: string | undefined;
	try {
		text = of === 'node' ? vantage.read(file) : vantage.readHere(file);
	} catch (error) {
		if (isExhausted(error)) throw new ProbeFailure('agent_resources_exhausted', `${what} ${file} cannot be opened`);
		throw error;
	}
	if (text === undefined) throw new ProbeFailure('node_config_unusable', `${what} ${file} cannot be read`);
	return text;
}
