import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { leftovers } from './leftovers.ts';

/** A temporary directory that every user may read, since servers change theirs; removed when it is disposed of. */
export class Directory implements Disposable {
	readonly path = mkdtempSync(join(tmpdir(), 'real-'));

	constructor() {
		leftovers.addDirectory(this.path);
		chmodSync(this.path, 0o755);
	}

	/** The path of something in it. */
	at(name: string): string {
		return join(this.path, name);
	}

	/** Writes a file and gives its path. */
	write(name: string, content: string | Buffer): string {
		const path = this.at(name);
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, content);
		return path;
	}

	[Symbol.dispose](): void {
		rmSync(this.path, { recursive: true, force: true });
		leftovers.forgetDirectory(this.path);
	}
}
