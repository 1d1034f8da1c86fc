import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Config } from '../../src/config/config.ts';
import { ConfigurationError, formatFault } from '../../src/config/fault.ts';
import type { Environment } from '../../src/config/interpolate.ts';
import { loadConfig } from '../../src/config/load.ts';

/** A temporary folder with configuration files in it. */
export class Folder implements AsyncDisposable {
	readonly path: string;

	constructor(path: string) {
		this.path = path;
	}

	static async make(): Promise<Folder> {
		return new Folder(await mkdtemp(join(tmpdir(), 'registry-probe-config-')));
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await rm(this.path, { recursive: true });
	}

	/** Writes a file and gives its path. */
	async write(name: string, text: string): Promise<string> {
		const path = join(this.path, name);
		await writeFile(path, text);
		return path;
	}

	/** The configuration that `yaml` is. */
	async load(yaml: string, environment: Environment = {}): Promise<Config> {
		return loadConfig({ file: await this.write('config.yaml', yaml), environment });
	}

	/** The faults of `yaml` as they are printed, without the folder. */
	async faults(yaml: string, environment: Environment = {}): Promise<string[]> {
		try {
			await this.load(yaml, environment);
			return [];
		} catch (error) {
			if (!(error instanceof ConfigurationError)) throw error;
			return error.faults.map((fault) => formatFault(fault).replaceAll(`${this.path}/`, ''));
		}
	}
}
