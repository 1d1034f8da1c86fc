import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from './manifest.ts';

/** The directory of the manifests. */
export const manifests = join(import.meta.dirname, '../../manifests');

/** Every YAML file below it, as a path from there: `base/daemonset.yaml`. */
export const yamlFiles: readonly string[] = globSync('**/*.yaml', { cwd: manifests }).toSorted();

/** Every directory with a kustomization: `base`, `components/crio`. */
export const kustomizations: readonly string[] = yamlFiles.flatMap((path) => {
	return path.endsWith('/kustomization.yaml') ? [path.slice(0, path.lastIndexOf('/'))] : [];
});

/** What a kustomization says; the fields that the manifests use. */
export interface Kustomization {
	readonly kind: string;
	readonly resources?: readonly string[];
	readonly patches?: readonly { readonly path: string }[];
	readonly configMapGenerator?: readonly { readonly name: string; readonly files: readonly string[] }[];
	readonly images?: readonly { readonly name: string; readonly newTag: string }[];
}

/** What is in a file with one YAML document. Throws for any other, and for what YAML only warns of. */
export function readYaml(path: string): unknown {
	const [document, ...more] = parseAllDocuments(readFileSync(join(manifests, path), 'utf8'));
	if (document === undefined || !('errors' in document) || more.length > 0)
		throw new Error(`${path}: not one document`);
	const [wrong] = [...document.errors, ...document.warnings];
	if (wrong) throw new Error(`${path}: ${wrong.message}`);
	return document.toJS();
}

export function readKustomization(directory: string): Kustomization {
	return readYaml(`${directory}/kustomization.yaml`) as Kustomization;
}

/** The files of a directory that its kustomization takes for objects of their own. */
export function resourceFiles(directory: string): readonly string[] {
	const { resources = [] } = readKustomization(directory);
	return resources.filter((name) => name.endsWith('.yaml')).map((name) => `${directory}/${name}`);
}

/** The files of a directory that its kustomization lays over objects that are there. */
export function patchFiles(directory: string): readonly string[] {
	return (readKustomization(directory).patches ?? []).map(({ path }) => `${directory}/${path}`);
}

/** An object, or what a patch says of one. */
export function readManifest(path: string): Manifest {
	return readYaml(path) as Manifest;
}
