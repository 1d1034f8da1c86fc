import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Locked, readLock } from '../../build/lock.ts';
import { checkout } from '../image/startForm.ts';

const packages = Object.entries(readLock(checkout)).filter(([directory]) => directory !== '');

const among = (word: string, words: Locked['os']) => words === undefined || [words].flat().includes(word);

/** Whether a package is installed where the image is built: Linux with the C library of Debian. */
const isInstalled = ({ os, cpu, libc }: Locked) =>
	among('linux', os) && (among('x64', cpu) || among('arm64', cpu)) && among('glibc', libc);

test('what is installed is pinned by its hash', () => {
	const installed = packages.filter(([, locked]) => isInstalled(locked));
	expect(installed.length).toBeGreaterThan(100);
	const loose = installed.filter(([, { integrity = '' }]) => !integrity.startsWith('sha512-'));
	expect(loose.map(([directory]) => directory)).toEqual([]);
});

test('no package has to run a script when it is installed', () => {
	const scripted = packages.filter(([, { hasInstallScript = false }]) => hasInstallScript);
	// Its script only saves the start of Node before its program, which lies in a package of its own.
	expect(scripted.map(([directory]) => directory)).toEqual(['node_modules/esbuild']);
	expect(scripted.every(([, { dev = false }]) => dev)).toBe(true);
});

test('the image is built from what the lock file says, and no script of a package is run', () => {
	const installs = readFileSync(`${checkout}/Dockerfile`, 'utf8').match(/\bnpm (?:ci|i|install)\b.*/g);
	expect(installs).toEqual(['npm ci --ignore-scripts']);
});
