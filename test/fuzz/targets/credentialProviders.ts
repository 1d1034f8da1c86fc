import { readProviderAnswer } from '../../../src/credentials/providerAnswer.ts';
import { ProviderFailure } from '../../../src/credentials/providerFailure.ts';
import { readProviders } from '../../../src/node/kubelet/readProviders.ts';
import { matchesImage } from '../../../src/registry/credentialMatch.ts';
import { allowing, gist, magnitude, must, mustBeSmall, mustPrint } from '../contract.ts';
import { NodeRoot } from '../nodeRoot.ts';
import type { Target } from '../target.ts';

const root = new NodeRoot();
const version = 'credentialprovider.kubelet.k8s.io/v1';

/** A CredentialProviderConfig of the node, and what a provider prints. */
function check(input: Buffer): readonly string[] {
	return [configuration(input), answer(input)];
}

function configuration(input: Buffer): string {
	root.write({ 'etc/providers.yaml': input });
	const { providers, faults } = readProviders(root.path, {
		configuration: '/etc/providers.yaml',
		directory: '/opt/bin',
	});
	mustBeSmall(providers, 60 * input.length + 500);
	must(providers.length <= 100 && faults.length <= 50, 'more than is read');
	for (const { detail } of faults) mustPrint(detail, 600);
	for (const { program, matchImages, defaultCacheDuration } of providers) {
		must(/^\/opt\/bin\/[^/]+$/.test(program), `a program elsewhere: ${JSON.stringify(program)}`);
		must(defaultCacheDuration >= 0, 'a duration below 0');
		for (const pattern of matchImages.slice(0, 5)) matchesImage(pattern, '123.dkr.ecr.eu-1.amazonaws.com/app');
	}
	return `${magnitude(providers.length)} ${faults
		.slice(0, 2)
		.map(({ detail }) => gist(detail))
		.join()}`;
}

function answer(input: Buffer): string {
	const found = allowing(() => readProviderAnswer(input.toString(), version), ProviderFailure);
	if (found instanceof ProviderFailure) {
		mustPrint(found.message, 200);
		return found.message;
	}
	mustBeSmall(found, 40 * input.length + 500);
	return `${found.cacheKeyType} ${found.cacheDuration === undefined} ${magnitude(found.config.entries.length)}`;
}

export const target: Target = {
	name: 'credentialProviders',
	source:
		'src/node/kubelet/readProviders.ts, providerSchema.ts, fields.ts; src/node/yaml.ts; src/credentials/providerAnswer.ts; src/registry/goDuration.ts',
	writer: 'files of the node, programs of a cloud',
	shape: 'lines',
	most: 64 * 1024,
	seeds: [
		`apiVersion: kubelet.config.k8s.io/v1\nkind: CredentialProviderConfig\nproviders:\n  - name: ecr\n    apiVersion: ${version}\n    matchImages: ["*.dkr.ecr.*.amazonaws.com", "*.example:5000/a"]\n    defaultCacheDuration: 12h0m0.5s\n    args: [get]\n    env:\n      - name: A\n        value: b\n    tokenAttributes:\n      serviceAccountTokenAudience: a\n      cacheType: Token\n      requireServiceAccount: true\n`,
		JSON.stringify({
			apiVersion: version,
			kind: 'CredentialProviderResponse',
			cacheKeyType: 'Registry',
			cacheDuration: '6h',
			auth: { 'r.example': { username: 'u', password: 'p' }, '*.x': { username: '', password: '' } },
		}),
		'a: &a [*a, ? b, !!str c]\n--- # d\n"x": |\n  y\n',
	],
	words: [
		'apiVersion: ',
		'kind: ',
		'providers:',
		'- ',
		'name: ',
		'matchImages: ',
		'defaultCacheDuration: ',
		'env:',
		'args:',
		'tokenAttributes:',
		'cacheType: ',
		'12h',
		'-1s',
		version,
		'CredentialProviderResponse',
		'&a',
		'*a',
		'!!binary',
		'? ',
		'| ',
		'>-',
		'[',
		']',
		'{',
		'}',
		'"',
		"'",
		'#',
		'---',
		'%YAML 1.2',
		'\t',
		'  ',
		': ',
	],
	check,
};
