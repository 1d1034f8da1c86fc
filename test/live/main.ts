import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { environment } from '../netns/namespace.ts';
import { runLive } from './live.ts';
import { makePrograms, missingParts } from './parts.ts';

/**
 * `node test/live/main.ts [--only WORD] [--record FILE]`: asks real runtimes and registry-probe for the same images of
 * the same servers and compares. Exit code 0: they agree; 1: they do not; 2: it cannot be run here.
 */
const { values } = parseArgs({
	options: {
		/** Only set-ups with this in their name. */
		only: { type: 'string' },
		/** Where to write what the runtimes did. */
		record: { type: 'string' },
		/** A containerd program in place of those of the recipe. */
		containerd: { type: 'string' },
		/** Set by ourselves, in the namespaces. */
		inside: { type: 'boolean', default: false },
	},
});

const namespaces = ['--mount', '--propagation', 'private', '--net', '--pid', '--fork', '--kill-child', '--mount-proc'];
// A whole network of addresses kept for documentation, all of them this machine's own.
const links = 'ip link set lo up && ip addr add 198.51.100.0/24 dev lo && exec "$@"';

/** Runs this program again where nothing of the machine is in reach; all that it starts ends with it. */
function enter(): number {
	const missing = missingParts();
	for (const line of missing) console.error(line);
	if (missing.length > 0 || !makePrograms()) return 2;
	const own = [process.execPath, ...process.argv.slice(1), '--inside'];
	const { status } = spawnSync('unshare', [...namespaces, 'sh', '-c', links, 'sh', ...own], {
		stdio: 'inherit',
		env: environment,
	});
	return status ?? 2;
}

process.exitCode = values.inside ? await runLive(values) : enter();
