import { readFileEnvironment } from '../../../src/node/environment/fileEnvironment.ts';
import { parseEnvironmentFile } from '../../../src/node/environment/environmentFile.ts';
import { parseEnvironment } from '../../../src/node/environment/processVariables.ts';
import { parseUnitFile } from '../../../src/node/environment/unitFile.ts';
import { readWords } from '../../../src/node/environment/words.ts';
import { readKubelet } from '../../../src/node/kubelet/kubelet.ts';
import { shellWords } from '../../../src/node/kubelet/shellWords.ts';
import { gist, magnitude, must, mustBeSmall, mustPrint } from '../contract.ts';
import { NodeRoot, partsOf } from '../nodeRoot.ts';
import type { Target } from '../target.ts';

const root = new NodeRoot();

/** A unit of the runtime, a drop-in of it, an environment file, a unit of the kubelet. */
function check(input: Buffer): readonly string[] {
	const [unit = '', dropIn = '', variables = '', kubelet = ''] = partsOf(input);
	root.write({
		'etc/systemd/system/containerd.service': unit,
		'etc/systemd/system/containerd.service.d/a.conf': dropIn,
		'etc/default/containerd': variables,
		'etc/systemd/system/kubelet.service': kubelet,
	});
	return [...plain(input.toString()), runtime(input.length), ofKubelet(input.length)];
}

function plain(text: string): readonly string[] {
	const { settings, brokenAt } = parseUnitFile(text);
	const assignments = parseEnvironmentFile(text);
	const { words, broken } = readWords(text);
	const own = shellWords(text);
	mustBeSmall([settings, assignments, words, own, parseEnvironment(text, '/x')], 300 * text.length + 2000);
	must(
		settings.every(({ line, key }) => line >= 1 && !/^[ \t]|[ \t]$/.test(key)),
		'a setting that is none',
	);
	must(assignments.length <= 10_000 && words.length <= 1001 && own.length <= 1000, 'more than is read');
	return [
		`unit ${magnitude(settings.length)} ${brokenAt !== undefined}`,
		`file ${magnitude(assignments.length)}`,
		`words ${magnitude(words.length)} ${broken} ${magnitude(own.length)}`,
	];
}

function runtime(length: number): string {
	const found = readFileEnvironment(root.path, { name: 'containerd', distribution: 'plain' });
	mustBeSmall(found, 400 * length + 60_000);
	for (const { detail } of found.faults) mustPrint(detail, 400);
	return `runtime ${magnitude(found.variables.size)} ${gist(found.faults[0]?.detail ?? '')}`;
}

function ofKubelet(length: number): string {
	const { source, providers, workingDirectory, faults, environment } = readKubelet(root.path);
	mustBeSmall([providers, workingDirectory, environment], 4000 * length + 60_000);
	for (const { detail } of faults) mustPrint(detail, 400);
	return `kubelet ${source} ${providers !== undefined} ${workingDirectory === '/'} ${magnitude(environment.size)}`;
}

export const target: Target = {
	name: 'unitFiles',
	source:
		'src/node/environment/unitFile.ts, environmentFile.ts, words.ts, specifiers.ts, processVariables.ts; src/node/kubelet/kubelet.ts, unit.ts, shellWords.ts',
	writer: 'files of the node, the environment of processes',
	shape: 'lines',
	most: 1024 * 1024,
	seeds: [
		'[Unit]\nDescription=x\n[Service]\nEnvironment="HTTPS_PROXY=http://u:p@proxy:3128" NO_PROXY=a\\x20b\nEnvironmentFile=-/etc/default/containerd\nPassEnvironment=NO_PROXY\nUnsetEnvironment=GODEBUG HTTP_PROXY=x\nExecStart=/usr/bin/containerd\n%%\n[Service]\n; c\nEnvironment=\nEnvironment=HTTPS_PROXY=%H \\\n  GODEBUG=%% %n\n%%\nHTTP_PROXY="http://x \\\n y"\nNO_PROXY=\'a\'\\ b # c\nexport SSL_CERT_FILE=/x\n# c \\\nx\n%%\n[Service]\nEnvironment=HOME=/root ARGS="--root-dir=/x --image-credential-provider-config /c --image-credential-provider-bin-dir=/b"\nWorkingDirectory=-/var/%p\nExecStart=/usr/bin/kubelet $ARGS ${HOME}/x --y \'a b\'\n',
		'\ufeff[Service\nA=b\n%%\n[Service]\r\n a = b \\\r\n# c\r\n  d\r\n',
		'A=1\0B=2\0C\0',
	],
	words: [
		'[Service]',
		'[Manager]',
		'Environment=',
		'EnvironmentFile=',
		'EnvironmentFile=-/etc/default/*',
		'PassEnvironment=',
		'UnsetEnvironment=',
		'ExecStart=',
		'WorkingDirectory=',
		'HTTPS_PROXY=',
		'NO_PROXY=',
		'%H',
		'%n',
		'%%',
		'\\x41',
		'\\u00e9',
		'\\n',
		'\\\n',
		'"',
		"'",
		'#',
		';',
		' ',
		'\t',
		'=',
		'$ARGS',
		'${HOME}',
		'\n%%\n',
		'--root-dir=',
	],
	check,
};
