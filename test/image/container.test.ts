import { globSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sbomFile } from '../../build/bundle.ts';
import { remoteFile } from '../../build/plugins.ts';
import type { HttpServer } from '../fakes/http.ts';
import { makeImage } from '../fakes/image.ts';
import { startRegistry } from '../fakes/registry.ts';
import { runCommand } from '../real/command.ts';
import { Directory } from '../real/directory.ts';
import { Container } from './container.ts';
import { type ImageConfig, ImageStore, revision } from './imageStore.ts';
import { containerSuite } from './needs.ts';
import { described, formOfImage } from './startForm.ts';

containerSuite('the image', () => {
	const directory = new Directory();
	const store = new ImageStore();
	let registry: HttpServer;
	let image: ImageConfig;
	let files: string;
	let base: string;

	beforeAll(async () => {
		registry = await startRegistry({ images: { 'library/busybox': { latest: makeImage() } } });
		const name = await store.build();
		[image, files, base] = [await store.config(name), await store.mount(name), await store.mount('localhost/runtime')];
	}, 300_000);

	afterAll(async () => {
		await registry.close();
		store[Symbol.dispose]();
		directory[Symbol.dispose]();
	});

	/** An agent in a container, which finds the registry by a configuration that is mounted. */
	function start(): Container {
		const configuration = directory.write(
			'config.yaml',
			`listen: 127.0.0.1:0
interval: 1s
node: { name: node-1, root: /host }
registries:
  - { name: a.example, image: 'a.example/library/busybox:latest', endpoint: 'http://127.0.0.1:${registry.port}' }
`,
		);
		directory.write('host/etc/hosts', '127.0.0.1 localhost\n');
		return new Container(directory, {
			image,
			files,
			args: ['agent', '--config', '/config.yaml'],
			mounts: { '/config.yaml': configuration, '/host': directory.at('host') },
		});
	}

	test('holds the program, its licenses, its bill of materials and its lock file beside what the base has, and no more', () => {
		const list = (root: string) => globSync('**', { cwd: root, withFileTypes: true }).filter((each) => each.isFile());
		const names = (root: string) =>
			list(root).map(({ name, parentPath }) => `${parentPath.slice(root.length)}/${name}`);
		const before = new Set(names(base));
		expect(before).toContain('/nodejs/bin/node');
		const added = names(files).filter((name) => !before.has(name));
		const own = ['LICENSE', 'LICENSES.txt', 'package-lock.json', 'package.json', sbomFile];
		const programs = ['registry-probe.mjs', remoteFile].flatMap((name) => [name, `${name}.map`]);
		const expected = [...own, ...programs].toSorted();
		expect(added.toSorted()).toEqual(expected.map((name) => `/registry-probe/${name}`));
	});

	test('names its user by number, its version and its command', () => {
		expect(image.User).toBe('65532:65532');
		expect(image.Cmd).toEqual(['agent']);
		expect(image.Entrypoint.slice(1, -1)).toEqual(formOfImage().flags);
		expect(image.Labels['org.opencontainers.image.version']).toBe(described.version);
	});

	test('names the commit that it was built from, outside and inside', async () => {
		expect(image.Labels['org.opencontainers.image.revision']).toBe(revision);
		const { stdout } = await runCommand(process.execPath, [`${files}/registry-probe/registry-probe.mjs`, '--version']);
		expect(stdout.split('\n')).toContain(`revision ${revision}`);
	});

	test('probes and answers as a random user without capabilities, with nothing that it can write', async () => {
		await using container = start();
		const taken = await container.agent.firstMetrics();
		process.stdout.write(`container: start to the first answer at /metrics: ${Math.round(taken)} ms\n`);
		const metrics = await container.agent.metrics('registry_probe_success{');
		expect(metrics).toMatch(/^registry_probe_success\{.*\} 1$/m);
		expect(container.told('status')).toMatch(new RegExp(`^Uid:\\s+${container.user}\\s`, 'm'));
		for (const kind of ['Inh', 'Prm', 'Eff', 'Bnd', 'Amb'])
			expect(container.told('status')).toMatch(new RegExp(`^Cap${kind}:\\s+0+$`, 'm'));
		expect(container.told('status')).toMatch(/^NoNewPrivs:\s+1$/m);
		expect(container.told('mountinfo')).toMatch(/ \/ ro[, ]/);
	});

	test('ends when it is told to, as the first process of its container', async () => {
		await using container = start();
		await container.agent.metrics();
		expect(await container.agent.stop()).toBe(0);
	});
});
