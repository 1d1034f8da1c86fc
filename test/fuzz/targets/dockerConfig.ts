import { readPullSecret } from '../../../src/cluster/pullSecret.ts';
import { containersLogin } from '../../../src/registry/containersAuth.ts';
import { loginFor, matchLogins, NoLogin, readDockerConfig } from '../../../src/registry/dockerConfig.ts';
import { allowing, gist, magnitude, must, mustBeSmall, mustPrint } from '../contract.ts';
import type { Target } from '../target.ts';

const image = 'r.example:5000/team/app';
const auth = Buffer.from('user:password').toString('base64');

function check(input: Buffer): readonly string[] {
	const text = input.toString();
	return (['config.json', '.dockercfg'] as const).flatMap((form) => {
		const config = allowing(() => readDockerConfig(text, form), NoLogin);
		if (config instanceof NoLogin) {
			mustPrint(config.message, 200);
			return [config.message];
		}
		mustBeSmall(config, 40 * input.length + 500);
		must(config.entries.length <= 10_000, 'more entries than are read');
		const logins = ['docker.io/library/busybox', image].flatMap((one) => matchLogins(config, one));
		const found = containersLogin(config, image);
		const first = allowing(() => loginFor(text, [image]), NoLogin);
		if (first instanceof NoLogin) mustPrint(first.message, 200);
		const secret = readPullSecret({
			type: 'kubernetes.io/dockerconfigjson',
			data: { '.dockerconfigjson': input.toString('base64') },
		});
		must(secret.fault !== undefined || secret.config !== undefined, 'a Secret that says nothing');
		const lacks = [...new Set(config.entries.map((entry) => entry.lacks))].slice(0, 3).join();
		return [
			`${magnitude(config.entries.length)} ${magnitude(logins.length)} ${found !== undefined} ${secret.fault}`,
			`${lacks} ${config.lacks} ${config.ignored.join()} ${first instanceof NoLogin ? gist(first.message) : ''}`,
		];
	});
}

export const target: Target = {
	name: 'dockerConfig',
	source:
		'src/registry/dockerConfig.ts, dockerAuth.ts, credentialMatch.ts, containersAuth.ts; src/cluster/pullSecret.ts',
	writer: 'a tenant by a pull secret, files of the node',
	shape: 'json',
	most: 1024 * 1024,
	seeds: [
		JSON.stringify({
			auths: {
				'r.example:5000': { auth },
				'https://index.docker.io/v1/': { username: 'u', password: 'p' },
				'*.example/team': { auth, identitytoken: 't' },
			},
			credHelpers: { x: 'y' },
		}),
		JSON.stringify({ 'r.example:5000/team': { auth }, 'docker.io': { registrytoken: 't' }, '%zz': null }),
		JSON.stringify({ auths: { a: { auth: Buffer.from('u:p\0\0\0').toString('base64') } } }),
		'{"auths":[],"credsStore":"desktop"}',
	],
	words: [
		'auths',
		'auth',
		'username',
		'password',
		'identitytoken',
		'credHelpers',
		'credsStore',
		auth,
		'AAAA',
		'dTpwAAAA',
		'https://',
		'*.example',
		'[a-z].example',
		'/v1/',
		':5000',
		'docker.io',
		'index.docker.io',
		'r.example:5000',
		'r.example:5000/team/app',
		'%2f',
		'@',
	],
	check,
};
