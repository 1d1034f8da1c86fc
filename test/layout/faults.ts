import { basename, dirname, join } from 'node:path/posix';
import { type Import, importsOf } from './imports.ts';
import { packages, rooms } from './rooms.ts';

/** Lines that a file has at most. */
export const mostLines = 250;

const vague = /helper|util|manager|common|misc/i;

/** Every import of the file `path` (from the top of the repository, `src/…`) that the rooms do not allow. */
export function importFaults(path: string, source: string): string[] {
	return importsOf(source).flatMap((found) => {
		const fault = importFault(path, found);
		return fault === undefined ? [] : [`${path} -> ${found.to ?? '(computed)'}: ${fault}`];
	});
}

/** What is wrong with a file's place, name or size. */
export function fileFaults(path: string, source: string): string[] {
	const room = roomOf(path);
	const faults = [
		path.startsWith('src/') && room !== 'main.ts' && !Object.hasOwn(rooms, room) && 'not a room',
		vague.test(basename(path)) && 'a name that says nothing of what is in it',
		source.trimEnd().split('\n').length > mostLines && `more than ${mostLines} lines`,
	];
	return faults.filter((fault) => fault !== false).map((fault) => `${path}: ${fault}`);
}

function importFault(path: string, { to, typeOnly }: Import): string | undefined {
	if (to === undefined) return 'name the module as plain text';
	if (to.startsWith('node:')) return undefined;
	if (!to.startsWith('.')) return packageFault(roomOf(path), to);
	const file = join(dirname(path), to);
	if (!file.startsWith('src/')) return 'outside src/';
	return roomFault(roomOf(path), roomOf(file), typeOnly);
}

function roomFault(own: string, other: string, typeOnly: boolean): string | undefined {
	if (other === 'main.ts') return 'nothing imports main.ts';
	if (own === other || own === 'main.ts') return undefined;
	const permission = rooms[own];
	if (permission?.all.includes(other)) return undefined;
	if (!permission?.types?.includes(other)) return `${own} may not import ${other}`;
	return typeOnly ? undefined : `${own} may import only types of ${other}, by \`import type\``;
}

function packageFault(own: string, specifier: string): string | undefined {
	const name = specifier
		.split('/')
		.slice(0, specifier.startsWith('@') ? 2 : 1)
		.join('/');
	if (!Object.hasOwn(packages, name)) return 'a package that no room owns (Node itself is imported as node:…)';
	return packages[name]?.includes(own) ? undefined : `belongs to ${packages[name]?.join(', ')}`;
}

/** The first folder below src/, or the name of a file that lies there itself. */
function roomOf(path: string): string {
	return path.split('/')[1] ?? '';
}
