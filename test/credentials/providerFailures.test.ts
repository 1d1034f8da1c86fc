import { readFileSync } from 'node:fs';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { fake, folder, good, loginOf, provider, runs } from './providerWorld.ts';

describe('a provider fails', () => {
	test.each([
		['that crashes', `process.stderr.write('hidden'); print('hidden'); process.exit(3);`, 'it ended with exit code 3'],
		[
			'that is killed',
			`process.kill(process.pid, 'SIGSEGV'); setInterval(() => {}, 1000);`,
			'it ended with signal SIGSEGV',
		],
		['that prints without end', `for (;;) print('hidden'.repeat(10000));`, 'it printed more than 1 MiB'],
		['that prints no JSON', `print('hidden');`, 'its answer is no JSON object'],
		['that prints nothing', '', 'its answer is no JSON object'],
		[
			'of another version',
			`answer({}, { apiVersion: 'credentialprovider.kubelet.k8s.io/v1beta1' });`,
			'another apiVersion',
		],
		['of another kind', `answer({}, { kind: 'hidden' });`, 'another kind'],
		['without cacheKeyType', `answer({}, { cacheKeyType: 'hidden' });`, 'no cacheKeyType'],
		['with an unknown key', `answer({}, { hidden: 1 });`, 'a key that the API does not know'],
		['with a duration that is none', `answer({}, { cacheDuration: 'hidden' });`, 'a cacheDuration that is none'],
		['with logins that are a list', `answer([{ username: 'hidden' }]);`, 'an auth that is no map'],
		['with a login that is a text', `answer({ a: 'hidden' });`, 'a login that is no map'],
		['with a token in a login', `answer({ a: { identitytoken: 'hidden' } });`, 'a login that is no map'],
		['with a password that is a number', `answer({ a: { username: 'u', password: 7 } });`, 'a login that is no text'],
	])('%s', async (_how, body, why) => {
		await fake.does(body);
		expect(await loginOf(provider())).toBeUndefined();
		expect(runs).toEqual([{ provider: 'fake', seconds: expect.any(Number), failed: expect.stringContaining(why) }]);
		expect(JSON.stringify(runs)).not.toContain('hidden');
	});

	test.each([
		['is not there', () => folder.write('other', ''), 'not there'],
		['may not be executed', () => chmod(fake.executable, 0o644), 'may not be executed'],
		['is cut off', () => writeFile(fake.executable, '\u007FELF'), 'not one for this machine'],
		[
			'is for another machine',
			() => writeFile(fake.executable, `\u007FELF${'\0'.repeat(60)}`),
			'not one for this machine',
		],
		['is no program', () => writeFile(fake.executable, 'touch /tmp/hidden'), 'not one for this machine'],
	])('whose program %s', async (how, spoil, why) => {
		await spoil();
		const executable = how === 'is not there' ? join(folder.path, 'gone') : fake.executable;
		expect(await loginOf(provider({}, { executable }))).toBeUndefined();
		expect(runs[0]?.failed).toContain(why);
	});

	test('that is a program of this machine and knows no API', async () => {
		expect(await loginOf(provider({}, { executable: '/bin/true' }))).toBeUndefined();
		expect(runs[0]?.failed).toBe('its answer is no JSON object');
	});

	test('and is left alone for a while, for that image only', async () => {
		await fake.does('process.exit(1);');
		const one = provider();
		await one.ask('a.example/x');
		await one.ask('a.example/x');
		await one.ask('a.example/y');
		expect(await fake.requests()).toHaveLength(2);
	});

	test('and is asked again after a while', async () => {
		await fake.does('process.exit(1);');
		const one = provider({ leastReuse: 0 });
		expect(await loginOf(one)).toBeUndefined();
		await fake.does(good);
		expect((await loginOf(one))?.username).toBe('me');
	});
});

describe('a provider that hangs', () => {
	const hanging = (file: string) => `
		const { spawn } = require('node:child_process');
		const child = spawn('/bin/sleep', ['60'], { stdio: 'inherit' });
		fs.writeFileSync(${JSON.stringify(file)}, process.pid + ' ' + child.pid);
		setInterval(() => {}, 1000);`;
	/** A process that has ended may still wait for whoever started it to ask how. */
	const alive = (pid: number) => {
		try {
			return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
		} catch {
			return false;
		}
	};

	test('is ended with all that it started, and left alone for every image', async () => {
		const pids = join(folder.path, 'pids');
		await fake.does(hanging(pids));
		const one = provider({ timeLimit: 1 });
		await one.ask('a.example/x');
		await one.ask('b.example/x');
		expect(runs).toMatchObject([{ failed: 'it took longer than 1 s' }]);
		const started = (await readFile(pids, 'utf8')).split(' ').map(Number);
		expect(started).toHaveLength(2);
		await expect.poll(() => started.filter(alive)).toEqual([]);
	});

	test('is ended when the agent ends', async () => {
		await fake.does(hanging(join(folder.path, 'pids')));
		const stop = new AbortController();
		const asked = provider({ signal: stop.signal }).ask('a.example/x');
		await expect.poll(() => fake.requests()).toHaveLength(1);
		const before = performance.now();
		stop.abort();
		await asked;
		expect(performance.now() - before).toBeLessThan(2000);
		expect(runs[0]?.failed).toBe('it was stopped');
	});

	test('and left something behind that holds its output is ended too', async () => {
		await fake.does(`require('node:child_process').spawn('/bin/sleep', ['60'], { stdio: 'inherit' }).unref(); ${good}`);
		expect(await loginOf(provider({ timeLimit: 1 }))).toBeUndefined();
		expect(runs[0]?.failed).toBe('it took longer than 1 s');
	});
});
