import { afterAll, expect, test } from 'vitest';
import { namespaceOf, openKubeconfig } from '../../../src/cluster/remote/kubeconfig.ts';
import { KubeconfigUnusable } from '../../../src/cluster/remote/kubeconfigChoice.ts';
import { Directory } from '../../real/directory.ts';

const directory = new Directory();
afterAll(() => directory[Symbol.dispose]());

const config = (name: string, server: string, user: object = { token: 'secret-token' }) =>
	directory.write(
		`${name}.yaml`,
		JSON.stringify({
			apiVersion: 'v1',
			kind: 'Config',
			'current-context': name,
			clusters: [{ name, cluster: { server } }],
			users: [{ name, user }],
			contexts: [{ name, context: { cluster: name, user: name, namespace: `ns-${name}` } }],
		}),
	);
const one = config('one', 'https://192.0.2.1:6443');
const two = config('two', 'https://192.0.2.2:6443');
const server = (choice: Parameters<typeof openKubeconfig>[0]) => openKubeconfig(choice)?.getCurrentCluster()?.server;

test('the file that is named counts before the environment', () => {
	expect(server({ file: two, environment: { KUBECONFIG: one } })).toBe('https://192.0.2.2:6443');
});

test('of several files of KUBECONFIG the first current context counts, and those that are missing are passed over', () => {
	const environment = { KUBECONFIG: ['/nowhere/config', one, two].join(':') };
	expect(server({ environment })).toBe('https://192.0.2.1:6443');
	expect(server({ environment, context: 'two' })).toBe('https://192.0.2.2:6443');
});

test('without KUBECONFIG it is the file in the home directory', () => {
	directory.write('.kube/config', JSON.stringify({ apiVersion: 'v1', kind: 'Config', 'current-context': 'lost' }));
	expect(() => openKubeconfig({ environment: { HOME: directory.path } })).toThrow('has no context lost; it has none');
	expect(openKubeconfig({ environment: { HOME: '/nowhere' } })).toBeUndefined();
});

test('the namespace is that of the context', () => {
	const opened = openKubeconfig({ file: one, environment: {} });
	expect(opened && namespaceOf(opened)).toBe('ns-one');
});

test.each([
	['is missing', '/nowhere/config', 'ENOENT'],
	['is no YAML', directory.write('broken.yaml', 'users: [{ token: secret-token'), 'is no YAML (1:30)'],
	['has a token that is an alias of YAML', directory.write('alias.yaml', 'token: *secret-token'), 'is no YAML (1:9)'],
	['has a token that is a tag of YAML', directory.write('tag.yaml', 'a: 1\ntoken: !secret-token'), 'is no YAML (2:8)'],
	['lacks a server', directory.write('bare.yaml', 'clusters: [{ name: a, cluster: { ca: 1 } }]'), 'server is missing'],
	['holds no lists', directory.write('text.yaml', 'users: [null]'), 'cannot be used'],
	['lacks the context', one, 'has no context other; it has one'],
])('one that %s is refused without what is in it', (_, file, said) => {
	const open = () => openKubeconfig({ file, context: 'other', environment: {} });
	expect(open).toThrow(KubeconfigUnusable);
	expect(open).toThrow(said);
	expect(open).not.toThrow('secret-token');
});

test('a plug-in is told what kubectl tells it', () => {
	const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'login', args: [] };
	const opened = openKubeconfig({ file: config('exec', 'https://192.0.2.3', { exec }), environment: {} });
	expect(opened?.getCurrentUser()?.exec).toMatchObject({
		env: [{ name: 'KUBERNETES_EXEC_INFO', value: expect.stringContaining('"interactive":false') }],
	});
});
