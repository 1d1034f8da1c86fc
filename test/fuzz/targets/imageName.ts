import { InvalidReference, parseReference, parseTargetName } from '../../../src/registry/image.ts';
import { upstreamEndpoint } from '../../../src/registry/hosts.ts';
import { formatReference } from '../../../src/registry/reference.ts';
import { allowing, gist, must, mustPrint } from '../contract.ts';
import type { Target } from '../target.ts';

function check(input: Buffer): readonly string[] {
	const text = input.toString();
	return [reference(text), targetName(text)];
}

function reference(text: string): string {
	const found = allowing(() => parseReference(text), InvalidReference);
	if (found instanceof InvalidReference) return refused(found);
	const written = formatReference(found);
	mustPrint(written, 1200);
	must(formatReference(parseReference(written)) === written, 'the canonical form is read otherwise');
	upstreamEndpoint(found.domain);
	return `reference ${found.digest !== undefined} ${found.domain.includes(':')} ${found.domain === 'docker.io'}`;
}

function targetName(text: string): string {
	const found = allowing(() => parseTargetName(text), InvalidReference);
	if (found instanceof InvalidReference) return refused(found);
	mustPrint(found.name, 300);
	return `target ${found.image !== undefined} ${found.endpoint?.scheme}`;
}

function refused({ message }: InvalidReference): string {
	mustPrint(message, 700);
	return gist(message);
}

export const target: Target = {
	name: 'imageName',
	source: 'src/registry/image.ts, referenceGrammar.ts, hostPort.ts, hosts.ts',
	writer: 'a pod, a person, a configuration file',
	seeds: [
		'nginx',
		`ghcr.io/org/app:1.2@sha256:${'0'.repeat(64)}`,
		'https://[2001:db8::1]:5000/v2/',
		'localhost:5000/a__b/c-d.e',
		'user:pw@r.example/a',
		'index.docker.io/library/x',
		'\u00fc.example/a',
	],
	words: [
		'docker.io',
		'localhost',
		':5000',
		'@sha256:',
		'https://',
		'http://',
		'[::1]',
		'/library/',
		'xn--',
		'..',
		'__',
		'--',
		'%65',
	],
	check,
};
