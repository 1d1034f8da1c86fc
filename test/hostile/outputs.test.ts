import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startRegistry } from '../fakes/registry.ts';
import { hostileCertificates } from './certificates.ts';
import { runCommand } from './commandRun.ts';
import { type Crowd, entryOf, startCrowd } from './crowd.ts';
import { harmfulIn } from './dirt.ts';
import { places } from './dirtyAnswers.ts';
import { startRaw } from './raw.ts';

/** What HTTP lets through of what could do harm. */
const mixture = Buffer.from('a\u009b31m\u202eb\u2028c\u200b\u009d0;owned\u009cd');
const host = 'hostile.test';

/** Lines of text for people or machines: nothing in them but printable characters, line ends and tabs. */
const unclean = /[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/** What `check` itself says to a terminal: colours, and a line that is drawn anew; a terminal adds carriage returns. */
const own = new RegExp(`${String.fromCharCode(27)}\\[(?:[0-9;]*m|2K)|\r`, 'g');

describe('an agent among registries that put controls into all that they say', () => {
	const stack = new AsyncDisposableStack();
	let crowd: Crowd;

	beforeAll(async () => {
		const { bundle, certificates } = await hostileCertificates(host);
		const raw = Object.values(places).map(async (answer, at) => {
			const server = stack.use(await startRaw(answer(mixture)));
			return entryOf(`dirty-${at}.test`, server.origin);
		});
		const secured = Object.values(certificates).map(async ({ key, chain }, at) => {
			const server = stack.use(await startRegistry({ tls: { key, cert: chain } }));
			return entryOf(`secured-${at}.test`, `https://${host}:${server.port}`);
		});
		const entries = await Promise.all([...raw, ...secured]);
		const node = { bundle, hosts: { [host]: '127.0.0.1' } };
		crowd = stack.use(await startCrowd({ entries, node, arguments: ['--log-level', 'debug'] }));
	});

	afterAll(() => stack.disposeAsync());

	test.each(['/metrics', '/', '/api/v1/observations', '/api/v1/plan'])('%s shows none of them', async (path) => {
		const { body } = await crowd.agent.get(path);
		expect(body.length).toBeGreaterThan(1000);
		expect(unclean.exec(body)?.[0]).toBeUndefined();
	});

	test.each(['/api/v1/observations', '/api/v1/plan'])('%s holds none of them behind escapes', async (path) => {
		expect(harmfulIn(JSON.parse((await crowd.agent.get(path)).body))).toEqual([]);
	});

	test('the log shows none of them, on no level', () => {
		expect(crowd.agent.lines('stage fails').length).toBeGreaterThan(10);
		expect(unclean.exec(crowd.agent.errors)?.[0]).toBeUndefined();
		expect(crowd.agent.lines().flatMap(harmfulIn)).toEqual([]);
		expect(crowd.agent.output).toBe('');
	});

	test('labels are bounded', async () => {
		const { body } = await crowd.agent.get('/metrics');
		const values = [...body.matchAll(/="((?:[^"\\]|\\.)*)"/g)].map(([, value = '']) => value);
		expect(Math.max(...values.map(({ length }) => length))).toBeLessThanOrEqual(200);
	});

	test.each(['check', 'check --verbose', 'check --output json', 'plan', 'plan --output json'])(
		'%s prints none of them',
		async (words) => {
			const { stdout, stderr } = await runCommand(...words.split(' '), '--config', crowd.agent.file);
			expect(stdout.length).toBeGreaterThan(1000);
			expect(unclean.exec(stdout + stderr)?.[0]).toBeUndefined();
		},
	);

	test('check on a terminal writes its own colours and nothing else', async () => {
		const command = `'${process.execPath}' src/main.ts check --verbose --config '${crowd.agent.file}'`;
		const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
			stdio: ['ignore', 'pipe', 'inherit'],
			env: { ...process.env, TERM: 'xterm', NO_COLOR: '' },
		});
		const written = await text(child.stdout);
		expect(written.match(own)?.length).toBeGreaterThan(2);
		expect(unclean.exec(written.replaceAll(own, ''))?.[0]).toBeUndefined();
	});
});
