import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { promisify } from 'node:util';
import { Directory } from '../real/directory.ts';
import { buildEnvironment, buildVolumes, fillBuildBase, fillRuntimeBase } from './base.ts';
import { findProgram } from './needs.ts';
import { checkout } from './startForm.ts';

const run = promisify(execFile);

/** Milliseconds that a stage may take; installing the packages is the longest. */
const patience = 240_000;

/** The commit that images are built from, as the build is told. */
export const revision = 'c'.repeat(40);

/** What an image says about how it is run (https://github.com/opencontainers/image-spec/blob/main/config.md). */
export interface ImageConfig {
	readonly User: string;
	readonly Env: readonly string[];
	readonly Entrypoint: readonly string[];
	readonly Cmd: readonly string[];
	readonly Labels: Readonly<Record<string, string>>;
}

/** Images of a test, in a directory of their own. Nothing of the machine's images is touched. */
export class ImageStore implements Disposable {
	readonly #directory = new Directory();

	/** Builds the Dockerfile on bases made of this machine's own files. */
	async build(): Promise<string> {
		await this.#base('runtime', fillRuntimeBase, {});
		await this.#base('build', fillBuildBase, buildEnvironment);
		const volumes = (await buildVolumes()).flatMap((volume) => ['--volume', volume]);
		const told = ['BUILD_BASE=localhost/build', 'RUNTIME_BASE=localhost/runtime', `REVISION=${revision}`];
		const args = told.flatMap((each) => ['--build-arg', each]);
		await this.#buildah('build-using-dockerfile', ...args, ...volumes, '--tag', 'localhost/image', checkout);
		return 'localhost/image';
	}

	/** Writes an image into a file that runtimes import under this name with its tag. */
	async save(image: string, file: string, name: string): Promise<void> {
		await this.#buildah('push', '--quiet', '--disable-compression', image, `oci-archive:${file}:${name}`);
	}

	/** The files of an image as a directory. */
	async mount(image: string): Promise<string> {
		const container = await this.#buildah('from', '--pull-never', image);
		return await this.#buildah('mount', container);
	}

	async config(image: string): Promise<ImageConfig> {
		const { OCIv1 } = JSON.parse(await this.#buildah('inspect', '--type', 'image', image)) as {
			readonly OCIv1: { readonly config: ImageConfig };
		};
		return OCIv1.config;
	}

	[Symbol.dispose](): void {
		this.#directory[Symbol.dispose]();
	}

	/** Makes an image of a directory that `fill` fills. */
	async #base(
		name: string,
		fill: (root: string) => Promise<void>,
		environment: Readonly<Record<string, string>>,
	): Promise<void> {
		const root = this.#directory.at(`base-${name}`);
		mkdirSync(root);
		await fill(root);
		const container = await this.#buildah('from', 'scratch');
		await this.#buildah('copy', container, root, '/');
		const env = Object.entries(environment).flatMap(([key, value]) => ['--env', `${key}=${value}`]);
		await this.#buildah('config', ...env, container);
		await this.#buildah('commit', '--rm', container, `localhost/${name}`);
	}

	async #buildah(...args: readonly string[]): Promise<string> {
		const store = ['--root', this.#directory.at('store'), '--runroot', this.#directory.at('run')];
		const { stdout } = await run(
			findProgram('buildah') ?? 'buildah',
			[...store, '--storage-driver', 'vfs', ...args],
			// The stages need no container of their own: chroot works where containers cannot be nested.
			{ timeout: patience, env: { ...process.env, BUILDAH_ISOLATION: 'chroot', TMPDIR: this.#directory.path } },
		);
		return stdout.trim();
	}
}
