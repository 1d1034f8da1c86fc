import { execFile } from 'node:child_process';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { Directory } from '../../real/directory.ts';

const run = promisify(execFile);
const project = join(import.meta.dirname, '../../..');
const compiler = join(project, 'node_modules/typescript/bin/tsc');
const schema = join(import.meta.dirname, 'boardSchema.ts');

/** By the name of each text what the schema has against it. */
export type Faults = Readonly<Record<string, readonly string[]>>;

/**
 * Holds texts in JSON against `BoardSchema`: the compiler reads them as literals of that type. It knows which fields
 * there are, which must be there, of which type, and the words of every enumeration. Throws where the compiler has
 * something against anything else.
 */
export async function schemaFaults(texts: Readonly<Record<string, string>>): Promise<Faults> {
	using directory = new Directory();
	const names = Object.keys(texts);
	const files = names.map((name, at) => directory.write(`${at}.mts`, moduleOf(texts[name] ?? '')));
	const compilerOptions = { types: [], rewriteRelativeImportExtensions: false };
	const settings = { extends: join(project, 'tsconfig.json'), compilerOptions, include: [], files };
	const written = await reported(directory.write('tsconfig.json', JSON.stringify(settings)));
	const faults = new Map<string, string[]>(names.map((name) => [name, []]));
	for (const line of written.split('\n').filter((text) => /^\S.*\berror TS\d+:|^error /.test(text))) {
		const [, file = '', said = ''] = /^(.+?)\(\d+,\d+\): error (.*)$/.exec(line) ?? [];
		const own = faults.get(names[Number.parseInt(basename(file), 10)] ?? '');
		if (!own) throw new Error(`the compiler says: ${line}`);
		own.push(said);
	}
	return Object.fromEntries(faults);
}

function moduleOf(json: string): string {
	return `import type { BoardSchema } from ${JSON.stringify(schema)};\nexport const board: BoardSchema = ${json};\n`;
}

/** What the compiler writes; it fails when it finds a fault. */
async function reported(settings: string): Promise<string> {
	const words = [compiler, '--project', settings, '--pretty', 'false'];
	const { stdout } = await run(process.execPath, words, { maxBuffer: 2 ** 26 }).catch(
		(error: { stdout: string }) => error,
	);
	return stdout;
}
