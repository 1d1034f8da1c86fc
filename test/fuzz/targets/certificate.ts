import { X509Certificate } from 'node:crypto';

import { organisationOf, oneLine } from '../../../src/probe/handshake/chain.ts';
import { violates } from '../../../src/probe/handshake/constraints.ts';
import { type Names, readAlternativeNames, readConstraints } from '../../../src/probe/handshake/extensions.ts';
import { alternativeNames, nameFault } from '../../../src/probe/handshake/names.ts';
import { magnitude, must, mustBeSmall, mustPrint } from '../contract.ts';
import { authority, leaf } from '../certificates.ts';
import type { Target } from '../target.ts';

/** DER, as a server sends it. */
function check(input: Buffer): readonly string[] {
	const constraints = readConstraints(input);
	const names = readAlternativeNames(input);
	mustBeSmall([constraints, names], 40 * input.length + 500);
	const marks = [
		`${constraints.pathLength !== undefined} ${kinds(constraints.permitted)} ${kinds(constraints.excluded)} ${kinds(names)}`,
	];
	const certificate = read(input);
	if (!certificate) return marks;
	const shown = alternativeNames(certificate);
	must(shown.length <= 20, `${shown.length} names`);
	for (const name of shown) mustPrint(name, 253);
	mustPrint(organisationOf(certificate.subject), 100);
	mustPrint(oneLine(certificate.issuer), 200);
	const faults = ['registry.test', 'a.b.test', '192.0.2.1', '2001:db8::1'].map((name) => nameFault(certificate, name));
	for (const fault of faults) if (fault !== undefined) mustPrint(fault, 1800);
	return [...marks, `fits ${faults.map((fault) => fault === undefined).join()} ${violates(certificate, constraints)}`];
}

function kinds({ dns, ip }: Names): string {
	return `${magnitude(dns.length)} ${magnitude(ip.length)}`;
}

function read(der: Buffer): X509Certificate | undefined {
	try {
		return new X509Certificate(der);
	} catch {
		return undefined;
	}
}

export const target: Target = {
	name: 'certificate',
	source: 'src/probe/handshake/extensions.ts, names.ts, constraints.ts, chain.ts',
	writer: 'a registry, or who is on the way to it',
	shape: 'bytes',
	seeds: [authority.raw, leaf.raw],
	words: [
		'\u0082\u0004test',
		'\u0087\u0004abcd',
		'\u0030\u0080',
		'\u0030\u0082',
		'\u00a3',
		'*.test',
		'\u0000',
		'\u0006\u0003\u0055\u001d\u001e',
		'\u0006\u0003\u0055\u001d\u0011',
	],
	check,
};
