import { runCommand } from './command.ts';
import { componentPath } from './component.ts';
import type { Directory } from './directory.ts';

/** Writes a file of users and passwords with htpasswd (bcrypt, the only kind that docker-registry reads) and gives its path. */
export async function writePasswords(
	directory: Directory,
	whose: string,
	logins: Readonly<Record<string, string>>,
): Promise<string> {
	const lines = await Promise.all(
		Object.entries(logins).map(async ([user, password]) => {
			const { code, stdout, stderr } = await runCommand(componentPath('htpasswd'), ['-nbB', user, password]);
			if (code !== 0) throw new Error(`htpasswd failed: ${stderr}`);
			return stdout.trim();
		}),
	);
	return directory.write(`${whose}.htpasswd`, `${lines.join('\n')}\n`);
}
