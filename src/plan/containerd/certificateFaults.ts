import type { NodeFault } from '../../node/fault.ts';
import { printable } from '../../registry/redact.ts';
import type { Candidate } from './candidate.ts';

interface Problem extends Pick<NodeFault, 'file' | 'line'> {
	readonly why: string;
}

/** Why containerd cannot load a certificate file of this host, which makes it give up before it asks any. */
export function certificateProblem(candidate: Candidate): string | undefined {
	return problems(candidate)[0]?.why;
}

/** The same as faults. */
export function faultsOfCertificates(candidate: Candidate): NodeFault[] {
	return problems(candidate).map(({ why, ...place }) => {
		return { ...place, fault: 'certificate_unusable', detail: `${why}: containerd gives up before it asks any host.` };
	});
}

function problems({ cas = [], clients = [], refusesEmptyCa }: Candidate): Problem[] {
	const authorities = cas.flatMap(({ path, place, problem, empty }) => {
		const why = problem ?? (empty && refusesEmptyCa ? 'no certificate is in it' : undefined);
		return why === undefined ? [] : [{ ...place, why: `The CA file ${printable(path)} cannot be loaded (${why})` }];
	});
	const pairs = clients.flatMap(({ certificate, place, problem }) => {
		const name = `The client certificate ${printable(certificate)}`;
		return problem === undefined ? [] : [{ ...place, why: `${name} cannot be loaded (${problem})` }];
	});
	return [...authorities, ...pairs];
}
