import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { outcomeOf, startInNode } from './inNode.ts';
import { imageOf, type LiveRuntime } from './runtime.ts';
import { login, type Setup } from './setup.ts';

/** The rules of the runtime that has the same library, https://github.com/containers/image. */
const rules = 'cri-o/1.37.0';

/** skopeo, which stands in for CRI-O: it pulls with the same library and the same files. */
export async function skopeoRuntime(skopeo: string, rootForVersion: string): Promise<LiveRuntime> {
	const { stdout } = await outcomeOf(startInNode(rootForVersion, [skopeo, '--version']));
	const [version] = /\d+\.\d+\.\d+/.exec(stdout) ?? [];
	if (version === undefined) throw new Error(`skopeo does not tell its version: ${stdout}`);
	return {
		title: `skopeo ${version}`,
		rules,
		name: 'skopeo',
		version,
		files: ({ environment = {} }) => ({
			'/etc/containers/policy.json': '{ "default": [{ "type": "insecureAcceptAnything" }] }',
			'/etc/containers/registries.conf': '',
			'/etc/crio/crio.conf': '',
			'/etc/systemd/system/crio.service': [
				'[Service]',
				'ExecStart=/usr/bin/crio',
				...Object.entries(environment).map(([name, value]) => `Environment="${name}=${value}"`),
				'',
			].join('\n'),
		}),
		pull: async (root, setup, during) => {
			mkdirSync(join(root, 'run/image'), { recursive: true });
			const begun = performance.now();
			const { code, stderr } = await outcomeOf(startInNode(root, [skopeo, ...argumentsOf(setup)], setup.environment));
			await during();
			return { success: code === 0, text: stderr.trim(), seconds: (performance.now() - begun) / 1000 };
		},
	};
}

function argumentsOf(setup: Setup): string[] {
	const password = setup.login === 'wrong' ? 'wrong' : login.password;
	const creds = setup.login ? ['--src-creds', `${login.user}:${password}`] : [];
	return ['copy', ...creds, `docker://${imageOf(setup)}`, 'dir:/run/image'];
}
