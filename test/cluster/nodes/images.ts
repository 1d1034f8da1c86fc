import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Image } from '../../fakes/image.ts';
import { makeImage } from '../../fakes/image.ts';
import { ImageStore } from '../../image/imageStore.ts';
import { Directory } from '../../real/directory.ts';

/** The image of the agents and the one of the first processes of pods, as nodes have them: no registry is asked for them. */
export const agentImage = { name: 'localhost/registry-probe', tag: '0.1.0' } as const;
export const pauseImage = 'localhost/pause:1';

/** An image whose only file is the program; a container of it waits until it is ended. */
export function imageOf(program: string): Image {
	const settings = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', '--mtime=@0', '--mode=a=rx'];
	const layer = execFileSync('tar', ['--create', ...settings, '--directory', dirname(program), basename(program)], {
		maxBuffer: 2 ** 26,
	});
	return makeImage({ layers: [layer], config: { Entrypoint: [`/${basename(program)}`] } });
}

/** Writes what every node is given into a directory, as files that containerd imports. `pause` is a path. */
export async function writeNodeImages(pause: string, directory: string): Promise<void> {
	mkdirSync(directory, { recursive: true });
	await writeLayout(imageOf(pause), pauseImage, join(directory, 'pause.tar'));
	using store = new ImageStore();
	await store.save(await store.build(), join(directory, 'agent.tar'), `${agentImage.name}:${agentImage.tag}`);
}

/** https://github.com/opencontainers/image-spec/blob/main/image-layout.md, in tar. */
async function writeLayout(image: Image, name: string, file: string): Promise<void> {
	using directory = new Directory();
	const { mediaType, digest, body } = image;
	const annotations = { 'org.opencontainers.image.ref.name': name };
	const manifest = { mediaType, digest, size: body.length, annotations };
	directory.write('oci-layout', JSON.stringify({ imageLayoutVersion: '1.0.0' }));
	directory.write('index.json', JSON.stringify({ schemaVersion: 2, manifests: [manifest] }));
	for (const content of [...image.manifests.values(), ...image.blobs.values()]) {
		directory.write(`blobs/${content.digest.replace(':', '/')}`, content.body);
	}
	await promisify(execFile)('tar', ['--create', '--file', file, '--directory', directory.path, '.']);
}
