import { type ExecFileException, execFile } from 'node:child_process';

/** How a command ended. */
export interface Ended {
	readonly code: number;
	readonly stdout: string;
	readonly stderr: string;
}

/** Runs a command to its end, 20 s at most; `environment` stands over our own. Never rejects because of its exit code. */
export async function runCommand(
	path: string,
	args: readonly string[],
	environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
	const options = { env: { ...process.env, ...environment }, timeout: 20_000 };
	return await new Promise((resolve) => {
		execFile(path, args, options, (error: ExecFileException | null, stdout, stderr) => {
			const code = typeof error?.code === 'number' ? error.code : error ? -1 : 0;
			resolve({ code, stdout, stderr });
		});
	});
}
