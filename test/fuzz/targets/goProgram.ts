import { readGoBuildInfo } from '../../../src/node/runtime/goBuildInfo.ts';
import { versionIn } from '../../../src/node/runtime/programVersion.ts';
import { plainVersion } from '../../../src/node/runtime/version.ts';
import { hasSince } from '../../../src/registry/version.ts';
import { goProgram } from '../../node/runtime/goProgram.ts';
import { magnitude, must, mustBeSmall } from '../contract.ts';
import type { Target } from '../target.ts';

function check(input: Buffer): readonly string[] {
	let asked = 0;
	const info = readGoBuildInfo((offset, length) => {
		must(offset >= 0 && length >= 0, `asks for ${length} bytes at ${offset}`);
		must((asked += Buffer.alloc(length).length) <= 8 * 1024 * 1024, 'reads more than a program has to say');
		return input.subarray(offset, offset + length);
	});
	const text = input.toString();
	hasSince(text, ['1.7.7', '2.0.0']);
	const plain = plainVersion(text);
	must(plain === undefined || /^\d+\.\d+\.\d+$/.test(plain), 'a version that is none');
	if (!info) return ['none'];
	mustBeSmall(info, 60 * input.length + 500);
	const versions = (['containerd', 'cri-o'] as const).map((name) => versionIn(info, name));
	must(
		versions.every((version) => version === undefined || /^\d+\.\d+\.\d+$/.test(version)),
		'a version that is none',
	);
	return [
		`${magnitude(info.dependencies.size)} ${magnitude(info.settings.size)} ${info.main !== undefined} ${versions.map((one) => one !== undefined).join()}`,
	];
}

const containerd = 'github.com/containerd/containerd';

export const target: Target = {
	name: 'goProgram',
	source: 'src/node/runtime/elf.ts, goBuildInfo.ts, programVersion.ts, version.ts; src/registry/version.ts',
	writer: 'files of the node',
	shape: 'bytes',
	most: 1024 * 1024,
	seeds: [
		goProgram([`path\t${containerd}/cmd/containerd`, `mod\t${containerd}\tv1.7.27\t`, 'build\tGOARCH=amd64']),
		goProgram([
			'path\tk3s',
			'mod\tgithub.com/k3s-io/k3s\t(devel)',
			`dep\t${containerd}/v2\tv2.1.4`,
			'=>\tgithub.com/k3s-io/containerd/v2\tv2.1.4-k3s1',
			`build\t-ldflags="-X ${containerd}/v2/version.Version=v2.4.2"`,
		]),
		'1:1.7.27-1~bookworm',
		'v2.4.2-rc.1',
	],
	words: [
		'\u007fELF\u0001\u0001',
		'\u007fELF\u0002\u0002',
		'\tv1.7.27',
		'mod\t',
		'dep\t',
		'=>\t',
		'build\t',
		`-ldflags=-X ${containerd}/version.Version=v1.2.3`,
		'.go.buildinfo',
		'\u00ff Go buildinf:',
		'\n',
		'\t',
		'=',
	],
	check,
};
