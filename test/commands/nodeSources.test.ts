import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { nodeSources } from '../../src/commands/nodeSources.ts';
import { createLogins } from '../../src/credentials/logins.ts';
import { aTarget } from '../store/literals.ts';
import { configOf } from '../plan/settings.ts';
import { type FakeProvider, makeProvider } from '../fakes/credentialProvider.ts';
import { makeNode, type Node } from '../fakes/node.ts';

const target = aTarget({
	registry: 'ecr',
	host: '1.dkr.ecr.eu-west-1.amazonaws.com',
	image: { domain: '1.dkr.ecr.eu-west-1.amazonaws.com', repository: 'app', tag: '1' },
	credentials: { source: 'node' },
});
const configuration = `apiVersion: kubelet.config.k8s.io/v1
kind: CredentialProviderConfig
providers:
- name: ecr-credential-provider
  apiVersion: credentialprovider.kubelet.k8s.io/v1
  matchImages: ['*.dkr.ecr.*.amazonaws.com']
  defaultCacheDuration: 12h
`;
const directory = '/etc/eks/image-credential-provider';

let node: Node;
let fake: FakeProvider;

beforeEach(async () => {
	node = await makeNode({ files: { [`${directory}/config.json`]: configuration } });
	const answer = `answer({ '*.dkr.ecr.*.amazonaws.com': { username: 'AWS', password: 'p' } });`;
	fake = await makeProvider(join(node.root, directory, 'ecr-credential-provider'), answer);
});
afterEach(() => node.remove());

const loginWith = async (credentialProviders: 'list' | 'run') => {
	const logins = createLogins(configOf(), { node: nodeSources({ root: node.root, credentialProviders }) });
	return (await logins(target)).registry;
};

test('the provider of an EKS node gives its login where it may be run', async () => {
	const login = await loginWith('run');
	expect(login).toMatchObject({ username: 'AWS', source: 'provider:ecr-credential-provider' });
	expect((login?.notAfter ?? 0) - Date.now() / 1000).toBeCloseTo(12 * 3600, -1);
});

test('it is not run where it is only to be listed', async () => {
	expect(await loginWith('list')).toBeUndefined();
	expect(await fake.requests()).toEqual([]);
});

test('it gets what the unit of the kubelet has in its environment, and nothing of ours', async () => {
	await node.write(
		'/etc/systemd/system/kubelet.service',
		`[Service]\nEnvironment=HTTPS_PROXY=http://proxy:3128\nExecStart=kubelet --image-credential-provider-config ${directory}/config.json --image-credential-provider-bin-dir=${directory}\n`,
	);
	await loginWith('run');
	const [asked] = await fake.requests();
	expect(asked?.environment).toEqual({ HTTPS_PROXY: 'http://proxy:3128', PATH: expect.stringContaining('/usr/bin') });
});

test("a login in the kubelet's own file stands before it, from the moment that it is written", async () => {
	const logins = createLogins(configOf(), { node: nodeSources({ root: node.root, credentialProviders: 'run' }) });
	await logins(target);
	const auths = { '*.dkr.ecr.*.amazonaws.com': { username: 'file', password: 'p' } };
	await node.write('/var/lib/kubelet/config.json', JSON.stringify({ auths }));
	expect((await logins(target)).registry).toMatchObject({ username: 'file', source: 'node' });
});
