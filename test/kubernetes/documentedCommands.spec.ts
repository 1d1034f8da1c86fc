import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ofCluster } from '../docs/commands/ofCluster.ts';
import { runLine } from '../docs/commands/runLine.ts';
import { write } from '../docs/commands/sandbox.ts';
import { read, root } from '../docs/markdown.ts';
import { createAuthority } from '../fakes/authority.ts';
import { Directory } from '../real/directory.ts';
import { startControlPlane } from './controlPlane.ts';
import { install } from './install.ts';
import { connectionOf, kubectl } from './kubectl.ts';

const programs = inject('programs');
const commands = Object.entries(ofCluster).flatMap(([command, claim]) => ('run' in claim ? [command] : []));

/** What only controllers can bring to an end is judged by the API server, which stops before it is stored. */
const onlyJudged = /^kubectl delete (?:-k|daemonset)/;

const directory = new Directory();
const shims = directory.at('bin');
const environment = { PATH: `${shims}:${process.env['PATH'] ?? ''}`, LANG: 'C.UTF-8', HOME: directory.path };

const event = {
	apiVersion: 'v1',
	kind: 'Event',
	metadata: { name: 'documented', namespace: 'default' },
	involvedObject: { kind: 'Pod', name: 'any', namespace: 'default' },
	reason: 'Failed',
	message:
		'Failed to pull image "ghcr.io/a/b:1": failed to do request: Head "https://ghcr.io/v2/a/b/manifests/1": dial tcp 192.0.2.1:443: i/o timeout',
};
const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'documented' } };

/** Of its own: others look at what is installed on theirs. */
const stack = new AsyncDisposableStack();

beforeAll(async () => {
	const { access } = stack.use(await startControlPlane(programs));
	await install(access, programs.monitoring);
	symlinkSync(join(root, 'manifests'), directory.at('manifests'));
	const parts = read('docs/kubernetes.md').matchAll(/^```yaml\n(# my-cluster\/kustomization\.yaml.*?)^```/gms);
	directory.write('my-cluster/kustomization.yaml', [...parts].map(([, part = '']) => part).join(''));
	directory.write('my-cluster/config.yaml', read('manifests/base/config.yaml'));
	const { key, chain } = await (await createAuthority()).issue({ names: ['registry-probe'] });
	directory.write('tls.crt', chain);
	directory.write('tls.key', key);
	mkdirSync(shims);
	const flags = connectionOf(access).join(' ');
	write(shims, 'kubectl', `exec ${access.kubectl} "$@" ${flags} $JUDGED`);
	write(shims, 'registry-probe', `exec ${process.execPath} --no-warnings ${join(root, 'src/main.ts')} "$@"`);
	await kubectl(
		access,
		['apply', '--filename', '-'],
		JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [event, node] }),
	);
});

afterAll(async () => {
	await stack.disposeAsync();
	directory[Symbol.dispose]();
});

test('there are some', () => {
	expect(commands.length).toBeGreaterThan(10);
});

test.each(commands)('%s', async (command) => {
	const judged = onlyJudged.test(command) ? '--dry-run=server' : '';
	const { code, output } = await runLine(command, {
		directory: directory.path,
		environment: { ...environment, JUDGED: judged },
	});
	expect([code, output]).toEqual([0, expect.stringMatching(/\S/)]);
	expect(output).not.toMatch(/^error|warning:/im);
});
