import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { environment } from '../netns/namespace.ts';
import { runLive } from './live.ts';
import { makePrograms, missingParts } from './parts.ts';

/**
 * `node test/live/main.ts [--only REGEXP] [--record FILE]`: asks real runtimes and registry-probe for the same images of
 * the same servers and compares. Exit code 0: they agree; 1: they do not; 2: it cannot be run here.
 */
const { values } = parseArgs({
	options: {
		/** Only set-ups whose name it matches. */
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
// A whole network of addresses kept for documentation, all of them this machine's own; files in memory.
const prepare = `
ip link set lo up && ip addr add 198.51.100.0/24 dev lo && mount -t tmpfs tmpfs /run && exec "$@"`;

/** Runs this program again where nothing of the machine is in reach; whatever it has started or written goes with it. */
async function enter(): Promise<number> {
	const missing = missingParts();
	for (const line of missing) console.error(line);
	if (missing.length > 0 || !makePrograms()) return 2;
	const own = [process.execPath, ...process.argv.slice(1), '--inside'];
	const child = spawn('unshare', [...namespaces, 'sh', '-c', prepare, 'sh', ...own], {
		// The pipe tells it when this process has gone.
		stdio: ['pipe', 'inherit', 'inherit'],
		env: { ...environment, TMPDIR: '/run' },
	});
	const [code] = (await once(child, 'exit')) as [number | null];
	return code ?? 2;
}

/** The first process of a namespace takes all others with it. */
async function runInside(): Promise<number> {
	process.stdin.resume().once('end', () => process.exit(2));
	const code = await runLive(values);
	process.stdin.destroy();
	return code;
}

process.exitCode = await (values.inside ? runInside() : enter());
