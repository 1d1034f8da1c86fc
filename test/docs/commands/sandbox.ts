import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeBundle } from '../../../build/bundle.ts';
import { makeImage } from '../../fakes/image.ts';
import { makeNode } from '../../fakes/node.ts';
import { startRegistry } from '../../fakes/registry.ts';
import { Directory } from '../../real/directory.ts';
import { root } from '../markdown.ts';

const configuration = `listen: 127.0.0.1:0
node: { name: documents }
registries:
  - name: docker.io
`;

/** npm, as far as documents use it: `npm start` is the program, which a test compares; other scripts are those of package.json. */
const npm = `if [ "$1" = start ]; then shift 2; exec registry-probe "$@"; fi
[ "$1" = run ] && [ "$3" = -- ] || exit 99
script=$(node -p "JSON.parse(fs.readFileSync('package.json')).scripts['$2']"); shift 3
eval "$script \\"\\$@\\""`;

/** A directory to run commands in that touches nothing else: no registry outside, no file of the checkout. */
export interface Sandbox extends AsyncDisposable {
	readonly directory: string;
	readonly environment: Readonly<Record<string, string>>;
}

/**
 * What the documents take for granted: `registry-probe` on PATH, a config.yaml and a my-cluster/config.yaml, the sources
 * of a checkout. All registries lead to one on this machine, by the mirror of a node whose root every command is given.
 */
export async function makeSandbox(): Promise<Sandbox> {
	await using stack = new AsyncDisposableStack();
	const image = makeImage({ layers: [Buffer.alloc(3000, 'layer')] });
	const { port } = stack.use(
		await startRegistry({
			images: { 'library/hello-world': { latest: image }, 'org/app': { '1.2': image }, app: { latest: image } },
		}),
	);
	const files = {
		'/usr/bin/containerd': '',
		'/var/lib/dpkg/status': 'Package: containerd.io\nStatus: install ok installed\nVersion: 2.4.2-1\n',
		'/etc/containerd/config.toml': `version = 3\n[plugins."io.containerd.cri.v1.images".registry]\n  config_path = "/etc/containerd/certs.d"\n`,
		'/etc/containerd/certs.d/_default/hosts.toml': `server = "http://127.0.0.1:${port}"\n`,
	};
	const node = stack.use(await makeNode({ files }));
	const directory = stack.use(new Directory());
	directory.write('config.yaml', configuration);
	directory.write('my-cluster/config.yaml', configuration);
	for (const name of ['build', 'grafana', 'manifests', 'package.json', 'src', 'test'])
		symlinkSync(join(root, name), directory.at(name));
	const programs = directory.at('bin');
	mkdirSync(programs);
	// The bundle starts in a fifth of the time that the sources take.
	for (const { name, content } of (await makeBundle()).files) directory.write(`dist/${name}`, content);
	const program = `exec ${process.execPath} ${directory.at('dist/registry-probe.mjs')}`;
	write(programs, 'registry-probe', `${program} "$@" --root ${node.root}`);
	write(programs, 'node', `exec ${process.execPath} --no-warnings "$@"`);
	write(programs, 'npm', npm);
	// It runs what the checkout has, and would fetch what it has not.
	write(programs, 'npx', 'exec "$@"');
	const owned = stack.move();
	return {
		directory: directory.path,
		environment: { PATH: `${programs}:${process.env['PATH'] ?? ''}`, LANG: 'C.UTF-8', HOME: directory.path },
		[Symbol.asyncDispose]: () => owned.disposeAsync(),
	};
}

/** Puts a program, in words of the shell, into a directory. */
export function write(directory: string, name: string, script: string): void {
	const file = join(directory, name);
	writeFileSync(file, `#!/bin/sh\n${script}\n`);
	chmodSync(file, 0o755);
}
