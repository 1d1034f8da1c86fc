import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/load.ts';
import type { CommonOptions } from './options.ts';

/** The configuration that a command was told to use. Throws `ConfigurationError`. */
export function loadSettings({ config: file, node, root }: CommonOptions): Promise<Config> {
	return loadConfig({ file, environment: process.env, overrides: { node, root } });
}
