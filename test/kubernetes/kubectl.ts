import { execFile } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { manifests } from '../manifests/files.ts';
import type { Manifest } from '../manifests/manifest.ts';
import type { Access } from './controlPlane.ts';

/** What a kubectl that succeeded has written. */
export interface Written {
	readonly stdout: string;
	/** Warnings. */
	readonly stderr: string;
}

/** The flags that lead kubectl to a control plane. What it caches goes with that, as another may come to have the same port. */
export function connectionOf({ kubeconfig }: Pick<Access, 'kubeconfig'>): readonly string[] {
	return ['--kubeconfig', kubeconfig, '--cache-dir', join(dirname(kubeconfig), 'cache')];
}

/** Runs kubectl, `input` on its standard input. Rejects with what it complained of. */
export async function kubectl(access: Access, args: readonly string[], input = ''): Promise<Written> {
	const all = [...connectionOf(access), ...args];
	return await new Promise((resolve, reject) => {
		const child = execFile(access.kubectl, all, { timeout: 60_000, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
			if (error) reject(new Error(`kubectl ${args.join(' ')}: ${stderr || error.message}`));
			else resolve({ stdout, stderr });
		});
		child.stdin?.on('error', () => undefined);
		child.stdin?.end(input);
	});
}

/**
 * What `kubectl kustomize` makes of a kustomization as an operator writes it: a directory of the manifests with these
 * components, and more fields. YAML.
 */
export async function build(
	access: Access,
	directory: string,
	components: readonly string[] = [],
	more: object = {},
): Promise<string> {
	const own = realpathSync(mkdtempSync(join(tmpdir(), 'kustomization-')));
	try {
		const kustomization = {
			resources: [relative(own, join(manifests, directory))],
			components: components.map((name) => relative(own, join(manifests, name))),
			...more,
		};
		writeFileSync(join(own, 'kustomization.yaml'), JSON.stringify(kustomization));
		return (await kubectl(access, ['kustomize', own])).stdout;
	} finally {
		rmSync(own, { recursive: true });
	}
}

/** The objects in YAML of several documents. */
export function objectsIn(yaml: string): Manifest[] {
	return parseAllDocuments(yaml).map((document) => document.toJS() as Manifest);
}
