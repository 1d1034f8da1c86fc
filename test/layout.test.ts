import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fileFaults, importFaults, mostLines } from './layout/faults.ts';
import { packages } from './layout/rooms.ts';

const sources = globSync('src/**/*.{ts,mts,cts,tsx,js,mjs,cjs,jsx}').toSorted();
const read = (path: string) => readFileSync(path, 'utf8');

test('imports follow the rooms', () => {
	expect(sources.length).toBeGreaterThan(10);
	expect(sources.flatMap((path) => importFaults(path, read(path)))).toEqual([]);
});

test('every file has its room, a name that speaks, and a size that can be read', () => {
	const files = [...sources, ...globSync('test/**/*.ts')];
	expect(files.flatMap((path) => fileFaults(path, read(path)))).toEqual([]);
});

test('every package that is installed for the program belongs to a room', () => {
	const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
	expect(Object.keys(dependencies).filter((name) => !Object.hasOwn(packages, name))).toEqual([]);
});

test.each([
	['src/registry/a.ts', `import { a } from '../node/a.ts';`],
	['src/probe/a.ts', `import { a } from '../store/store.ts';`],
	['src/probe/a.ts', `import { a } from '../plan/target.ts';`],
	['src/probe/stages/a.ts', `import { a } from '../../views/a.ts';`],
	['src/probe/a.ts', `import { type Target } from '../plan/target.ts';`],
	['src/probe/a.ts', `import { type Target, a } from '../plan/target.ts';`],
	['src/probe/a.ts', `import a, { type Target } from "../plan/target.ts"`],
	['src/probe/a.ts', `import type from '../plan/target.ts';`],
	['src/probe/a.ts', `import type, { a } from '../plan/target.ts';`],
	['src/probe/a.ts', `import * as all from\n\t'../plan/target.ts';`],
	['src/probe/a.ts', `import '../plan/target.ts';`],
	['src/probe/a.ts', `import/**/'../plan/target.ts'`],
	['src/probe/a.ts', `const a = await import('../plan/target.ts');`],
	['src/probe/a.ts', `const a = await import(/* why */ \n'../plan/target.ts', {});`],
	['src/probe/a.ts', 'const a = `a ${`b` + (await import("../plan/target.ts")).a} c`;'],
	['src/probe/a.ts', `const a = 4 / 2; const b = await import('../plan/target.ts'); const c = 1 / 3;`],
	['src/probe/a.ts', `const quote = /['"\`]/; import { a } from '../plan/target.ts';`],
	['src/probe/a.ts', `const a = '// no comment'; import { b } from '../plan/target.ts';`],
	['src/probe/a.ts', `export { a } from '../plan/target.ts';`],
	['src/probe/a.ts', `export * from '../plan/target.ts';`],
	['src/probe/a.ts', `export * as plan from '../plan/target.ts';`],
	['src/probe/a.ts', `let a: import('../store/store.ts').Store;`],
	['src/probe/a.ts', `import type { Store } from '../store/store.ts';`],
	['src/probe/a.ts', `export type { Store } from '../store/store.ts';`],
	['src/probe/a.ts', `export type * from '../store/store.ts';`],
	['src/probe/a.ts', `const a = await import(name);`],
	['src/probe/a.ts', 'const a = await import(`./${name}.ts`);'],
	['src/probe/a.ts', `const a = await import('./' + name);`],
	['src/probe/a.ts', `const a = require('../plan/target.ts');`],
	['src/probe/a.ts', `import { a } from '../main.ts';`],
	['src/probe/a.ts', `import { a } from '../commands/agent.ts';`],
	['src/commands/a.ts', `import { a } from '../main.ts';`],
	['src/probe/a.ts', `import { a } from '../../test/fakes/a.ts';`],
	['src/probe/a.ts', `import { a } from 'prom-client';`],
	['src/views/a.ts', `import type { a } from 'undici';`],
	['src/views/a.ts', `import { a } from 'undici/lib/a.js';`],
	['src/config/a.ts', `import { a } from '@kubernetes/client-node/b';`],
	['src/config/a.ts', `import { a } from 'lodash';`],
	['src/config/a.ts', `import { readFileSync } from 'fs';`],
	['src/config/a.ts', `import { a } from '/etc/a.ts';`],
	['src/config/a.ts', `import { a } from '#a';`],
])('an import that no room allows is found in %s: %s', (path, source) => {
	expect(importFaults(path, source)).toHaveLength(1);
});

test.each([
	['src/probe/a.ts', `import type { Target } from '../plan/target.ts';`],
	['src/probe/a.ts', `export type { Target } from '../plan/target.ts';`],
	['src/probe/a.ts', `import { a } from '../registry/a.ts'; import b from 'undici'; import { c } from 'node:net';`],
	['src/probe/stages/a.ts', `import { a } from '../stage.ts';`],
	['src/plan/vantage.ts', `export type { Vantage } from '../node/vantage.ts';`],
	['src/commands/a.ts', `import { Command } from 'commander'; import { a } from '../server/a.ts';`],
	['src/main.ts', `import { a } from './commands/a.ts';`],
	['src/probe/a.ts', `// import { a } from '../store/a.ts';`],
	['src/probe/a.ts', `/* import '../store/a.ts' */ const a = "import '../store/a.ts'";`],
	['src/probe/a.ts', 'const a = `import "../store/a.ts"`;'],
	['src/probe/a.ts', `const a = import.meta.url; it.import('../store/a.ts');`],
	['src/probe/a.ts', `export { a }; const b = 'c';`],
	['src/probe/a.ts', `export const from = '../store/a.ts';`],
	['src/probe/a.ts', `const a = /import '..\\/store'/;`],
])('an import that is allowed, and what only looks like one, is none in %s: %s', (path, source) => {
	expect(importFaults(path, source)).toEqual([]);
});

test.each([
	['src/tools/a.ts', ''],
	['src/a.ts', ''],
	['src/probe/dnsHelper.ts', ''],
	['src/probe/utils.ts', ''],
	['test/probe/socketManager.ts', ''],
	['src/probe/a.ts', 'a\n'.repeat(mostLines + 1)],
])('a file without room, name or measure is found: %s', (path, source) => {
	expect(fileFaults(path, source)).toHaveLength(1);
});

test('a file of the longest size allowed is none', () => {
	expect(fileFaults('src/probe/a.ts', 'a\n'.repeat(mostLines))).toEqual([]);
});
