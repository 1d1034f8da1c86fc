import { readChallenge } from '../../../src/registry/challenge.ts';
import { tokenUrl } from '../../../src/registry/token.ts';
import { magnitude, must, mustBeSmall, mustPrint } from '../contract.ts';
import type { Target } from '../target.ts';

function check(input: Buffer): readonly string[] {
	const lines = input.toString('latin1').split('\n');
	const challenge = readChallenge(lines);
	must(challenge !== undefined, 'lines that say nothing at all');
	mustBeSmall(challenge, 12 * input.length + 600);
	if (challenge.scheme === 'unsupported') {
		mustPrint(challenge.why, 300);
		return [`unsupported ${challenge.why.slice(0, 40)}`];
	}
	if (challenge.scheme === 'basic') return [`basic ${challenge.realm !== undefined}`];
	const { service, scopes, error } = challenge;
	if (error !== undefined) mustPrint(error, 64);
	const url = tokenUrl(challenge, 'library/busybox');
	must(/^https?:$/.test(url.protocol), `a realm of the scheme ${url.protocol}`);
	must(url.username === '' && url.password === '' && url.hash === '', 'a login or fragment stays in the realm');
	must(url.searchParams.getAll('scope').includes('repository:library/busybox:pull'), 'the scope is missing');
	return [`bearer ${service !== undefined} ${magnitude(scopes.length)} ${error !== undefined}`];
}

export const target: Target = {
	name: 'challenge',
	source: 'src/registry/challenge.ts',
	writer: 'a registry',
	shape: 'text',
	seeds: [
		'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/nginx:pull"',
		'Basic realm="Registry"\nBearer realm="https://r.example/token?x=1", error="insufficient_scope"',
		'Negotiate\nNTLM abc==',
		'bearer realm="https://user:pw@r.example:5000/a#b" , service=x,scope="",scope="a b"',
	],
	words: [
		'Bearer ',
		'Basic ',
		'realm=',
		'service=',
		'scope=',
		'error=',
		'"https://a.example/t"',
		'http://',
		'\\"',
		'"',
		',',
		'=',
		' ',
	],
	check,
};
