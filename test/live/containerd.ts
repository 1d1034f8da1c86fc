import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { outcomeOf, startInNode } from './inNode.ts';
import { imageOf, type LiveRuntime, type Pulled } from './runtime.ts';
import { certsDirectory, type Files, login, type Setup } from './setup.ts';

/** A containerd program, and the CRI client that speaks to it. */
export interface ContainerdPrograms {
	readonly containerd: string;
	readonly cripull: string;
}

interface Said {
	readonly seconds: number;
	readonly code: string;
	readonly error?: string;
	readonly version?: string;
}

/** Seconds that containerd may take until it answers. */
const patience = 20;

/** The version that a containerd program says it has: `1.6.20`. */
export async function versionOf(containerd: string): Promise<string> {
	const { stdout } = await promisify(execFile)(containerd, ['--version']);
	const [, version] = /\sv?(\d+\.\d+\.\d+)/.exec(stdout) ?? [];
	if (version === undefined) throw new Error(`${containerd} does not tell its version: ${stdout}`);
	return version;
}

/** The runtimes that a containerd can be: from 2.1 on it has two ways to pull. */
export async function containerdRuntimes(programs: ContainerdPrograms): Promise<LiveRuntime[]> {
	const version = await versionOf(programs.containerd);
	const [major = 0, minor = 0] = version.split('.').map(Number);
	const runtime = (localPull: boolean): LiveRuntime => ({
		title: `containerd ${version}${localPull ? ', local pull' : ''}`,
		rules: `containerd/${version}`,
		name: 'containerd',
		version,
		...(localPull && { localPull }),
		files: (setup) => filesOf(setup, version, localPull),
		pull: async (root, setup, during) => await pull(programs, root, setup, during),
	});
	return major > 2 || (major === 2 && minor >= 1) ? [runtime(false), runtime(true)] : [runtime(false)];
}

function filesOf(setup: Setup, version: string, localPull: boolean): Files {
	const { configPath = certsDirectory, registrySection = '', environment = {} } = setup;
	const older = version.startsWith('1.');
	const plugin = older ? 'plugins."io.containerd.grpc.v1.cri"' : 'plugins."io.containerd.cri.v1.images"';
	const config = [
		`version = ${older ? 2 : 3}`,
		`[${plugin}]`,
		...(localPull ? ['use_local_image_pull = true'] : []),
		`[${plugin}.registry]`,
		...(configPath === null ? [] : [`config_path = "${configPath}"`]),
		registrySection.replaceAll('$', `${plugin}.registry`),
		'',
	];
	const variables = Object.entries(environment).map(([name, value]) => `Environment="${name}=${value}"`);
	return {
		'/etc/containerd/config.toml': config.join('\n'),
		'/etc/systemd/system/containerd.service': '[Service]\nExecStart=/usr/bin/containerd\n',
		...(variables.length > 0 && {
			'/etc/systemd/system/containerd.service.d/environment.conf': `[Service]\n${variables.join('\n')}\n`,
		}),
	};
}

async function pull(
	{ containerd, cripull }: ContainerdPrograms,
	root: string,
	setup: Setup,
	during: () => Promise<void>,
): Promise<Pulled> {
	const daemon = startInNode(root, [containerd], setup.environment);
	const ended = outcomeOf(daemon);
	const client = async (...args: readonly string[]): Promise<Said> => {
		const socket = `unix://${join(root, 'run/containerd/containerd.sock')}`;
		const { stdout } = await run(cripull, ['-e', socket, '-t', '5m', ...args]);
		return JSON.parse(stdout) as Said;
	};
	try {
		for (const end = performance.now() + patience * 1000; (await client()).code !== 'OK'; await sleep(20)) {
			if (daemon.exitCode === null && performance.now() < end) continue;
			daemon.kill('SIGKILL');
			throw new Error(`containerd did not start:\n${(await ended).stderr}`);
		}
		const password = setup.login === 'wrong' ? 'wrong' : login.password;
		const secret = setup.login ? ['-u', login.user, '-p', password] : [];
		const { code, error = '', seconds } = await client(...secret, imageOf(setup));
		await during();
		return { success: code === 'OK', text: error, seconds };
	} finally {
		daemon.kill('SIGTERM');
		if (daemon.exitCode === null && daemon.signalCode === null) await once(daemon, 'exit');
		await ended;
	}
}

async function run(command: string, args: readonly string[]): Promise<{ stdout: string }> {
	return await new Promise((resolve) => execFile(command, args, (_error, stdout) => resolve({ stdout })));
}
