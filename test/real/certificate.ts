import type { Issued } from '../fakes/authority.ts';
import type { Directory } from './directory.ts';
import type { Program, Start } from './running.ts';

/** Paths of a certificate with its chain, and of its key. */
export interface CertificateFiles {
	readonly certificate: string;
	readonly key: string;
}

/** Writes what a program presents that listens with TLS. */
export function writeCertificate(
	directory: Directory,
	{ name, port }: Pick<Start, 'name' | 'port'>,
	{ chain, key }: Issued,
): CertificateFiles {
	const path = `${name}-${port}`;
	return { certificate: directory.write(`${path}.crt`, chain), key: directory.write(`${path}.key`, key) };
}

/** Does something while a running program presents another certificate. */
export async function presenting<T>(
	directory: Directory,
	program: Program,
	{ other, usual }: { readonly other: Issued; readonly usual: Issued },
	work: () => Promise<T>,
): Promise<T> {
	const present = async (issued: Issued) => {
		writeCertificate(directory, program, issued);
		await program.stop();
		await program.start();
	};
	await present(other);
	try {
		return await work();
	} finally {
		await present(usual);
	}
}
