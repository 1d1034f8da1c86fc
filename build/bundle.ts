import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { licensesOf, packagesOf } from './licenses.ts';
import { inlineReaders, narrowUndici, requireBuiltins } from './plugins.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Packages that are written for `require` find it. */
const requireForModules = `import { createRequire } from 'node:module';const require = createRequire(import.meta.url);`;

/** A file of the build, by its name. */
export interface Built {
	readonly name: string;
	readonly content: string;
}

/** What a build makes, and of what. */
export interface Bundle {
	/** The program, its source map and the licenses of what is in it. */
	readonly files: readonly Built[];
	/** Directories of the packages that are in it: `node_modules/yaml`. */
	readonly packages: readonly string[];
}

/**
 * Makes the program one file that needs nothing but Node. Names are kept, so that a stack trace can be read without the
 * source map. The same sources and packages give the same bytes, wherever the checkout lies.
 */
export async function makeBundle(): Promise<Bundle> {
	const { outputFiles, metafile } = await build({
		absWorkingDir: root,
		entryPoints: ['src/main.ts'],
		outfile: 'dist/registry-probe.mjs',
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
		plugins: [inlineReaders, narrowUndici, requireBuiltins],
		metafile: true,
		write: false,
		logLevel: 'warning',
	});
	const content = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
	const packages = packagesOf(bundled(metafile));
	// One other character in a template makes V8 keep the whole program in memory with two bytes a character.
	if (/[^\0-\x7F]/.test(content('.mjs'))) throw new Error('the bundle holds a character that is not ASCII');
	return {
		packages,
		files: [
			{ name: 'registry-probe.mjs', content: content('.mjs') },
			{ name: 'registry-probe.mjs.map', content: content('.map') },
			{ name: 'LICENSES.txt', content: licensesOf(root, packages, content('.LEGAL.txt')) },
		],
	};
}

/** The files of which something is in the output. */
function bundled({ outputs }: Metafile): readonly string[] {
	const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
	return inputs.flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? path : []));
}
