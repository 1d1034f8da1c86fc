import { packages, rooms } from '../../test/layout/rooms.ts';
import { code } from './table.ts';

/**
 * The page with the table of rooms as `test/layout/rooms.ts` has it: whom each may import, and which packages are its own.
 * What lives there is written by hand. Rooms are in the order in which the page has them; one that is new comes last.
 */
export function withRooms(page: string): string {
	const begun = /^\| `main\.ts`, `commands` \|/m.exec(page);
	if (!begun) throw new RangeError('the page has no table of rooms');
	const table = /^(?:\|.*\|\n)+/.exec(page.slice(begun.index))?.[0] ?? '';
	const written = [...table.matchAll(/^\| (?:`main\.ts`, )?`(\w+)` \| (.*?) \|/gm)];
	const described = new Map(written.map(([, room = '', what = '']) => [room, what]));
	const inOrder = [...described.keys(), ...Object.keys(rooms).filter((room) => !described.has(room))];
	const rows = inOrder.filter((room) => Object.hasOwn(rooms, room)).map((room) => rowOf(room, described.get(room)));
	return page.replace(table, () => `${rows.join('\n')}\n`);
}

function rowOf(room: string, what = 'to be described'): string {
	const name = room === 'commands' ? '`main.ts`, `commands`' : code(room);
	return `| ${name} | ${what} | ${importsOf(room)} | ${packagesOf(room)} |`;
}

function importsOf(room: string): string {
	const { all = [], types = [] } = rooms[room] ?? {};
	if (Object.keys(rooms).every((other) => other === room || all.includes(other))) return 'every room';
	const whole = all.join(', ');
	const typed = types.length === 0 ? '' : `types of ${types.join(', ')}`;
	return [whole, typed].filter((part) => part !== '').join('; ') || '–';
}

function packagesOf(room: string): string {
	const own = Object.keys(packages).filter((name) => packages[name]?.includes(room));
	return own.join(', ') || '–';
}
