import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

import { ProviderFailure } from './providerFailure.ts';

/** The field `e_machine` of ELF (elf(5)) by what Node calls the machine. */
const machines: Readonly<Record<string, number>> = { x64: 62, arm64: 183 };

/**
 * Throws `ProviderFailure` for a file that is neither a script with `#!` nor a program for this machine: the C library
 * would hand it to a shell. One that may be executed but not read is not judged.
 */
export async function checkProgram(path: string): Promise<void> {
	const head = await headOf(path);
	if (!head || head.toString('latin1', 0, 2) === '#!') return;
	const wanted = machines[process.arch];
	const isProgram = head.length === 20 && head.toString('latin1', 0, 4) === '\u007FELF';
	if (isProgram && (wanted === undefined || head.readUInt16LE(18) === wanted)) return;
	throw new ProviderFailure('its program is not one for this machine');
}

/** The first bytes; undefined when they cannot be read. Throws only when this machine has run out of descriptors. */
async function headOf(path: string): Promise<Buffer | undefined> {
	try {
		await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
		const { bytesRead, buffer } = await file.read(Buffer.alloc(20), 0, 20, 0);
		return buffer.subarray(0, bytesRead);
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? error.code : undefined;
		if (code === 'EMFILE' || code === 'ENFILE') throw error;
		return undefined;
	}
}
