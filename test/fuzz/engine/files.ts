import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Target } from '../target.ts';

const home = join(import.meta.dirname, '..');

/** `corpus`: inputs that reach all code that was ever reached. `findings`: inputs that once broke the contract. */
export type Shelf = 'corpus' | 'findings';

function directoryOf(shelf: Shelf, { name }: Target): string {
	return join(home, shelf, name);
}

/** What an input is called: the first digits of its SHA-256. */
export function nameOf(input: Buffer): string {
	return createHash('sha256').update(input).digest('hex').slice(0, 16);
}

/** The inputs that are kept of a target, by their names. */
export function kept(shelf: Shelf, target: Target): readonly Buffer[] {
	const directory = directoryOf(shelf, target);
	try {
		return readdirSync(directory)
			.toSorted()
			.map((name) => readFileSync(join(directory, name)));
	} catch {
		return [];
	}
}

/** Keeps one more input. Gives where it is. */
export function keep(shelf: Shelf, target: Target, input: Buffer): string {
	const path = join(directoryOf(shelf, target), nameOf(input));
	mkdirSync(directoryOf(shelf, target), { recursive: true });
	writeFileSync(path, input);
	return path;
}

/** Keeps these inputs and no others. */
export function keepOnly(target: Target, inputs: readonly Buffer[]): void {
	rmSync(directoryOf('corpus', target), { recursive: true, force: true });
	for (const input of inputs) keep('corpus', target, input);
}
