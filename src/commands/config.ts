import { Command } from 'commander';

import type { Config } from '../config/config.ts';
import { formatDuration } from '../config/duration.ts';
import { ConfigurationError } from '../config/fault.ts';
import { planTargets } from '../plan/planTargets.ts';
import { commonOptions, readCommonOptions } from './options.ts';
import { loadSettings } from './settings.ts';

/** `config`: says every fault of the configuration at once, or in one line what is configured. */
export function configCommand(): Command {
	return commonOptions(new Command('config'))
		.description('validate the configuration: every fault at once')
		.action(async (_options: unknown, command: Command) => {
			const options = readCommonOptions(command);
			const json = options.output === 'json';
			try {
				const config = await loadSettings(options);
				const text = json ? JSON.stringify({ version: 1, valid: true, faults: [] }, null, 2) : summary(config);
				process.stdout.write(`${text}\n`);
			} catch (error) {
				if (!json || !(error instanceof ConfigurationError)) throw error;
				process.stdout.write(`${JSON.stringify({ version: 1, valid: false, faults: error.faults }, null, 2)}\n`);
				process.exitCode = 2;
			}
		});
}

/** `config.yaml: 2 registries (docker.io, ghcr.io), each every 5m; listening on [::]:9917`. */
function summary(config: Config): string {
	const { file = 'built-in defaults', listen } = config;
	const targets = planTargets(config);
	const intervals = [...new Set(targets.map(({ interval }) => interval))].toSorted((a, b) => a - b);
	const host = listen.host.includes(':') ? `[${listen.host}]` : listen.host;
	const names = targets.slice(0, 4).map(({ registry }) => registry);
	const more = targets.length > names.length ? ', …' : '';
	const registries = targets.length === 1 ? '1 registry' : `${targets.length} registries`;
	const every = intervals.map(formatDuration).slice(0, 4).join(', ');
	const probed = targets.length === 0 ? 'no registries' : `${registries} (${names.join(', ')}${more}) every ${every}`;
	return `${file}: valid; ${probed}; listens on ${host}:${listen.port}`;
}
