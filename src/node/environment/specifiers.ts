import { release } from 'node:os';

import { readHostName } from './hostName.ts';
import { readBelow } from '../nodeFile.ts';

/** What systemd puts in the place of `%` and a letter; undefined where the node does not say. */
export type Specifiers = Readonly<Record<string, () => string | undefined>>;

/** Names of platforms as systemd has them, by those of Node. */
const architectures: Readonly<Record<string, string>> = { x64: 'x86-64', ia32: 'x86', arm64: 'arm64', arm: 'arm' };

/** The specifiers of a service of the system (systemd.unit(5), "Specifiers"), without those that need a manager. */
export function specifiersOf(root: string, unit: string, fragment: string): Specifiers {
	const name = unit.replace(/\.[a-z]+$/, '');
	const [prefix = '', instance = ''] = name.split('@', 2);
	const osRelease = (field: string) => () => {
		const text = readBelow(root, '/etc/os-release', 64 * 1024) ?? readBelow(root, '/usr/lib/os-release', 64 * 1024);
		const [, value = ''] = new RegExp(`^${field}=["']?([^"'\\n]*)`, 'm').exec(text ?? '') ?? [];
		return value;
	};
	const text = (value: string) => () => value;
	return {
		n: text(unit),
		N: text(name),
		p: text(prefix),
		P: text(prefix),
		i: text(instance),
		I: text(instance),
		j: text(prefix.slice(prefix.lastIndexOf('-') + 1)),
		J: text(prefix.slice(prefix.lastIndexOf('-') + 1)),
		f: text(`/${instance === '' ? prefix : instance}`),
		y: text(fragment),
		Y: text(fragment.slice(0, fragment.lastIndexOf('/'))),
		c: text(`/system.slice/${unit}`),
		d: text(`/run/credentials/${unit}`),
		H: () => readHostName(root),
		l: () => readHostName(root)?.split('.', 1)[0],
		q: () => readHostName(root),
		m: () => firstLine(root, '/etc/machine-id'),
		b: () => firstLine(root, '/proc/sys/kernel/random/boot_id')?.replaceAll('-', ''),
		v: () => firstLine(root, '/proc/sys/kernel/osrelease') ?? release(),
		a: () => architectures[process.arch],
		o: osRelease('ID'),
		w: osRelease('VERSION_ID'),
		W: osRelease('VARIANT_ID'),
		B: osRelease('BUILD_ID'),
		M: osRelease('IMAGE_ID'),
		A: osRelease('IMAGE_VERSION'),
		...fixed,
	};
}

/** Of the manager of the system, which runs as root. */
const fixed: Specifiers = Object.fromEntries(
	Object.entries({
		'%': '%',
		t: '/run',
		S: '/var/lib',
		C: '/var/cache',
		L: '/var/log',
		E: '/etc',
		D: '/usr/share',
		T: '/tmp',
		V: '/var/tmp',
		u: 'root',
		U: '0',
		g: 'root',
		G: '0',
		h: '/root',
		s: '/bin/sh',
	}).map(([letter, value]) => [letter, () => value]),
);

/**
 * Puts in what the specifiers of a text stand for. A letter or digit that is none refuses the whole text, as systemd
 * since 249 refuses it: undefined then, and also where the node does not say what one stands for. Before any other
 * character a `%` means itself.
 */
export function expandSpecifiers(text: string, specifiers: Specifiers): string | undefined {
	let known = true;
	const expanded = text.replace(/%([A-Za-z0-9%])/g, (_all, letter: string) => {
		const value = Object.hasOwn(specifiers, letter) ? specifiers[letter]?.() : undefined;
		known &&= value !== undefined;
		return value ?? '';
	});
	return known ? expanded : undefined;
}

function firstLine(root: string, file: string): string | undefined {
	return readBelow(root, file, 1000)?.split('\n', 1)[0];
}
