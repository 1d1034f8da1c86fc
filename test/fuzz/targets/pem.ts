import { holdsCertificate, readCertificates } from '../../../src/registry/certificates.ts';
import { faultOfKeyPair } from '../../../src/registry/keyPair.ts';
import { readPem } from '../../../src/registry/pem.ts';
import { key, authority, leaf } from '../certificates.ts';
import { gist, magnitude, must, mustBeSmall, mustPrint } from '../contract.ts';
import type { Target } from '../target.ts';

const [certificate, root] = [leaf.toString(), authority.toString()];

function check(input: Buffer): readonly string[] {
	const text = input.toString('latin1');
	const blocks = [...readPem(text)];
	mustBeSmall(blocks, 12 * input.length + 100);
	const { certificates, broken } = readCertificates(text);
	must(holdsCertificate(text) === certificates.length > 0, 'one says there are certificates, the other not');
	must(
		certificates.every((one) => readCertificates(one).certificates[0] === one),
		'what is written is read otherwise',
	);
	must(Number.isSafeInteger(broken) && broken >= 0, 'a count that is none');
	const faults = [faultOfKeyPair(text, text), faultOfKeyPair(certificate, text), faultOfKeyPair(text, key)];
	for (const fault of faults) mustPrint(fault ?? '', 200);
	const kinds = new Set(blocks.map(({ headers }) => headers));
	return [
		`${magnitude(blocks.length)} ${[...kinds].join()} ${magnitude(certificates.length)} ${magnitude(broken)}`,
		faults.map((fault) => gist(fault ?? '')).join(),
	];
}

export const target: Target = {
	name: 'pem',
	source: 'src/registry/pem.ts, certificates.ts, keyPair.ts',
	writer: 'files of the node and of the configuration',
	shape: 'lines',
	most: 4 * 1024 * 1024,
	seeds: [
		certificate + key,
		`# a root\n${root}\r\n${root}-----BEGIN X-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END X-----\n`,
		'-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
		'-----BEGIN A-----\n-----BEGIN B-----\nQQ==\n-----END B-----\n',
	],
	words: [
		'-----BEGIN ',
		'-----END ',
		'-----',
		'CERTIFICATE',
		'PRIVATE KEY',
		'EC PRIVATE KEY',
		'a: b',
		'\n-----END CERTIFICATE-----',
		'=',
		'\n',
		'\r\n',
		' ',
		'\t',
	],
	check,
};
