import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Plugin } from 'esbuild';

/** Modules that read a file beside themselves when they are loaded: the style of the page, the version. */
const readers = /\/src\/(views\/page\/style|commands\/version)\.ts$/;

/**
 * Replaces each module that reads a file beside itself by what it exports, which must be texts: the bundle stands alone,
 * and the hash of the style is the one that the module itself computes. An export that is `known` better gets that value.
 */
export const inlineReaders = (known: Readonly<Record<string, string>>): Plugin => ({
	name: 'inline readers',
	setup(build) {
		build.onLoad({ filter: readers }, async ({ path }) => {
			const exported = (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
			const texts = Object.entries(exported).map(([name, value]) => constant([name, known[name] ?? value]));
			return { contents: texts.join('\n') };
		});
	},
});

/**
 * Parts of undici that only other ways of using it reach: HTTP/2, bodies and forms of fetch, and the parser for machines
 * without SIMD in WebAssembly, which no platform of the image is.
 */
const unused = /\/(?:client-h2|web\/fetch\/(?:body|formdata)|web\/webidl|llhttp\/llhttp-wasm)(?:\.js)?$/;

/** Takes of undici only what is used. */
export const narrowUndici: Plugin = {
	name: 'narrow undici',
	setup(build) {
		build.onResolve({ filter: /^undici$/ }, () => ({ path: fileURLToPath(new URL('undici.ts', import.meta.url)) }));
		build.onResolve({ filter: unused }, ({ path, importer }) =>
			/\/node_modules\/undici\//.test(importer) ? { path, namespace: 'unused' } : undefined,
		);
		build.onLoad({ filter: /^/, namespace: 'unused' }, ({ path }) => ({
			contents: `module.exports = () => { throw new Error(${JSON.stringify(`${path} of undici is not in the bundle`)}); };`,
		}));
	},
};

/**
 * Takes Node's own modules by `require`. An `import` reads every export of such a module, and those of `node:http` that
 * are made when they are first read load the whole of fetch: a tenth of the start, and memory for good.
 */
export const requireBuiltins: Plugin = {
	name: 'require builtins',
	setup(build) {
		build.onResolve({ filter: /^node:/ }, ({ path, kind }) =>
			kind === 'import-statement' ? { path, namespace: 'builtin' } : undefined,
		);
		build.onLoad({ filter: /^/, namespace: 'builtin' }, ({ path }) => ({
			contents: `module.exports = require(${JSON.stringify(path)});`,
		}));
	},
};

/** Leaves the commands that ask a cluster for people to a file of their own, which is loaded when one of them is run. */
export const remoteApart: Plugin = {
	name: 'remote apart',
	setup(build) {
		build.onResolve({ filter: /\/remote\.ts$/ }, ({ kind }) =>
			kind === 'dynamic-import' ? { path: `./${remoteFile}`, external: true } : undefined,
		);
	},
};

/** The file of the commands that ask a cluster for people. */
export const remoteFile = 'registry-probe-remote.mjs';

/** What of @kubernetes/client-node only its typed clients reach: a class for every kind of the API, and fetch. */
const typedClients: Readonly<Record<string, readonly string[]>> = {
	'./gen/index.js': ['createConfiguration', 'ServerConfiguration', 'AppsV1Api', 'CoreV1Api'],
	undici: ['Agent', 'ProxyAgent'],
};

/** Takes of @kubernetes/client-node only kubeconfigs and port-forwards. */
export const narrowKubernetes: Plugin = {
	name: 'narrow kubernetes',
	setup(build) {
		build.onResolve({ filter: /^(?:\.\/gen\/index\.js|undici)$/ }, ({ path, importer }) =>
			/\/@kubernetes\/client-node\//.test(importer) ? { path, namespace: 'typed clients' } : undefined,
		);
		build.onLoad({ filter: /^/, namespace: 'typed clients' }, ({ path }) => ({
			contents: [
				`class Unused { constructor() { throw new Error(${JSON.stringify(`${path} is not in the bundle`)}); } }`,
				...(typedClients[path] ?? []).map((name) => `export { Unused as ${name} };`),
			].join('\n'),
		}));
	},
};

function constant([name, value]: readonly [string, unknown]): string {
	if (typeof value !== 'string') throw new TypeError(`${name} is no text and cannot be inlined`);
	return `export const ${name} = ${JSON.stringify(value)};`;
}
