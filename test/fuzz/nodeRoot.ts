import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** All roots of this process: a thread that is ended cannot take its own away. */
const roots = join(tmpdir(), `registry-probe-fuzz-${process.pid}`);

/** Takes the roots of this process away. */
export function removeRoots(): void {
	rmSync(roots, { recursive: true, force: true });
}

/** The root of a node's file system whose files are written anew for each input. */
export class NodeRoot {
	readonly path: string;

	constructor() {
		mkdirSync(roots, { recursive: true });
		this.path = mkdtempSync(join(roots, 'node-'));
	}

	/** Writes files by their paths on the node. */
	write(files: Readonly<Record<string, string | Uint8Array>>): void {
		for (const [path, content] of Object.entries(files)) {
			const file = join(this.path, path);
			mkdirSync(dirname(file), { recursive: true });
			writeFileSync(file, content);
		}
	}
}

/** The parts of an input that is for several files: they stand between lines `%%`. */
export function partsOf(input: Buffer): readonly string[] {
	return input.toString().split('\n%%\n');
}
