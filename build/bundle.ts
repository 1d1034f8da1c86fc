import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile, type Plugin } from 'esbuild';
import { licensesOf, packagesOf } from './licenses.ts';
import { readLock } from './lock.ts';
import { inlineReaders, narrowKubernetes, narrowUndici, remoteApart, remoteFile, requireBuiltins } from './plugins.ts';
import { type Materials, sbomOf } from './sbom.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Packages that are written for `require` find it. */
const requireForModules = `import { createRequire } from 'node:module';const require = createRequire(import.meta.url);`;

/** A file of the build, by its name. */
export interface Built {
	readonly name: string;
	readonly content: string;
}

/** What a build is told. */
export interface BuildOptions {
	/** The commit that is built; `--version` and the bill of materials name it. */
	readonly revision?: string;
	/** Seconds since the epoch that the bill of materials names (https://reproducible-builds.org/docs/source-date-epoch/). */
	readonly time?: number;
}

/** What a build makes, and of what. */
export interface Bundle {
	/** The program, the file of the commands for people, their source maps, licenses and bill of what is in them. */
	readonly files: readonly Built[];
	/** Directories of the packages that are in it: `node_modules/yaml`. */
	readonly packages: readonly string[];
}

/**
 * Makes the program one file that needs nothing but Node, and a second one with the commands that ask a cluster for people:
 * an agent never loads it. Names are kept, so that a stack trace can be read without the source map. The same sources,
 * packages and options give the same bytes, wherever and whenever.
 */
export async function makeBundle(options: BuildOptions = {}): Promise<Bundle> {
	const inlined = inlineReaders(options.revision === undefined ? {} : { revision: options.revision });
	const agentPlugins = [remoteApart, inlined, narrowUndici, requireBuiltins];
	const program = await oneFile('src/main.ts', 'registry-probe.mjs', agentPlugins);
	const remote = await oneFile('src/commands/remote.ts', remoteFile, [inlined, narrowKubernetes]);
	// One other character in a template makes V8 keep the whole program in memory with two bytes a character.
	if (/[^\0-\x7F]/.test(program.code)) throw new Error('the bundle holds a character that is not ASCII');
	const packages = packagesOf([...program.sources, ...remote.sources]);
	const remarks = [program.remarks, remote.remarks].filter((text) => text.trim() !== '').join('\n\n');
	const files = [
		{ name: 'registry-probe.mjs', content: program.code },
		{ name: 'registry-probe.mjs.map', content: program.map },
		{ name: remoteFile, content: remote.code },
		{ name: `${remoteFile}.map`, content: remote.map },
		{ name: 'LICENSES.txt', content: licensesOf(root, packages, remarks) },
	];
	const bill = sbomOf({ lock: readLock(root), packages, files, program: described(), ...options });
	return { packages, files: [...files, { name: sbomFile, content: bill }] };
}

/** The bill of materials. */
export const sbomFile = 'registry-probe.cdx.json';

function described(): Materials['program'] {
	const text = readFileSync(join(root, 'package.json'), 'utf8');
	const { engines, ...rest } = JSON.parse(text) as Materials['program'] & {
		readonly engines: { readonly node: string };
	};
	return { ...rest, node: engines.node };
}

/** One file of the build with what belongs to it. */
interface OneFile {
	readonly code: string;
	readonly map: string;
	/** Remarks about licenses in the code. */
	readonly remarks: string;
	/** The files of which something is in it. */
	readonly sources: readonly string[];
}

async function oneFile(entry: string, name: string, plugins: Plugin[]): Promise<OneFile> {
	const { outputFiles, metafile } = await build({
		absWorkingDir: root,
		entryPoints: [entry],
		outfile: `dist/${name}`,
		bundle: true,
		platform: 'node',
		target: 'node24',
		format: 'esm',
		minifySyntax: true,
		minifyWhitespace: true,
		sourcemap: 'linked',
		sourcesContent: false,
		legalComments: 'external',
		// undici asks for it as Node's own build does, to leave its second, experimental parser out.
		define: { esbuildDetection: 'true' },
		banner: { js: requireForModules },
		plugins,
		metafile: true,
		write: false,
		logLevel: 'warning',
	});
	const content = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
	return {
		code: content('.mjs'),
		map: content('.map'),
		remarks: content('.LEGAL.txt'),
		sources: bundled(metafile),
	};
}

/** The files of which something is in the output. */
function bundled({ outputs }: Metafile): readonly string[] {
	const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
	return inputs.flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? path : []));
}
