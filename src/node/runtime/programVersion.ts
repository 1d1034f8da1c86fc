import { readSync } from 'node:fs';

import { withRegularFile } from '../regularFile.ts';
import { unlessExhausted } from '../root.ts';
import type { ReadAt } from './elf.ts';
import { type GoBuildInfo, readGoBuildInfo } from './goBuildInfo.ts';
import { plainVersion } from './version.ts';

/** The module of each runtime, without the major version behind it. */
const modules = { containerd: 'github.com/containerd/containerd', 'cri-o': 'github.com/cri-o/cri-o' } as const;

/**
 * The version of the runtime that a program file holds, learned from what the Go linker wrote into it: the file is
 * read, never run. Undefined when it says none, which is usual for programs that distributions build. `path` is a path
 * of this process. Throws only when this process is out of descriptors.
 */
export function programVersion(path: string, name: keyof typeof modules): string | undefined {
	const info = unlessExhausted(() => withRegularFile(path, (file) => readGoBuildInfo(readerOf(file))));
	return info && versionIn(info, name);
}

/**
 * The version in the build information: set by the linker (`-X …/version.Version=v2.4.2`, as containerd's Makefile and
 * k3s do), else that of the main module, else that of the module built into another program, which k3s does.
 */
export function versionIn(info: GoBuildInfo, name: keyof typeof modules): string | undefined {
	const module = modules[name];
	const isModule = (path: string) => path === module || /^\/v\d+$/.test(path.slice(module.length));
	const own = info.main && info.main.path.startsWith(module) && isModule(info.main.path) ? info.main.version : '';
	const built = [...info.dependencies].find(([path]) => path.startsWith(module) && isModule(path))?.[1].version ?? '';
	return linkedVersion(info.settings.get('-ldflags') ?? '', module) ?? released(own) ?? released(built);
}

function linkedVersion(flags: string, module: string): string | undefined {
	const settings = flags.matchAll(/-X[\s=]+['"\\]*([\w./-]{1,200})\.Version=([^\s'"\\]{1,100})/g);
	for (const [, path = '', version = ''] of settings) {
		if (path.startsWith(module) && /^(?:\/v\d+)?\/(?:internal\/)?version$/.test(path.slice(module.length))) {
			return plainVersion(version);
		}
	}
	return undefined;
}

/** A pseudo-version (`v2.0.0-20260102150405-0123456789ab`) says from which commit, not which version. */
function released(version: string): string | undefined {
	return /\d{14}-[0-9a-f]{12}/.test(version) ? undefined : plainVersion(version);
}

/** Reads here and there in an open file. */
function readerOf(file: number): ReadAt {
	return (offset, length) => {
		const buffer = Buffer.alloc(length);
		return buffer.subarray(0, readSync(file, buffer, 0, length, offset));
	};
}
