import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';

import type { Demanded, DemandOptions } from '../../src/commands/demandProbe.ts';
import { SecretTests } from '../../src/commands/secretTests.ts';
import type { SecretUse } from '../../src/commands/secretUses.ts';
import { Secret } from '../../src/registry/secret.ts';
import { openPauseFile, type PauseFile } from '../../src/schedule/pauseFile.ts';
import { HandClock } from '../schedule/handClock.ts';
import { anAttempt, aTarget, broke, passed } from '../store/literals.ts';

const minute = 60;
const hour = 3600;
let clock: HandClock;
let pauses: PauseFile;
/** What probes find, by registry; whatever else is asked for is found to be well. */
let finds: Record<string, Demanded>;
let asked: string[];

beforeEach(() => {
	clock = new HandClock();
	pauses = openPauseFile(undefined, clock, () => undefined);
	finds = {};
	asked = [];
});

const target = (registry: string) => aTarget({ host: registry, registry });
const found = (registry: string, ...records: Parameters<typeof anAttempt>[1]): Demanded => {
	const rejected = records.some((record) => record.outcome === 'failure' && record.reason === 'auth_rejected');
	const observation = anAttempt(target(registry), records, { asks: rejected ? { loginRejected: true } : {} });
	return { observations: [observation], login: 'given' };
};
const challenge = passed('registry challenge', { scheme: 'bearer' });
const well = (registry: string) => found(registry, challenge, passed('token token'), passed('registry manifest'));
const rejected = (registry: string) => found(registry, challenge, broke('token token', 'auth_rejected'));
const cut = (registry: string) => found(registry, broke('registry tcp', 'tcp_timeout'));

function makeTests(): SecretTests {
	return new SecretTests({
		node: 'n1',
		clock,
		pauses,
		interval: () => 5 * minute,
		signal: new AbortController().signal,
		onError: (error) => asked.push(String(error)),
		demand: ({ domain }, { login, frugal }: DemandOptions) => {
			asked.push(`${domain} ${login?.username}${frugal ? '' : ' with bytes'}`);
			return Promise.resolve(finds[domain] ?? well(domain));
		},
	});
}

function use(registry: string, user = 'me', change: Partial<SecretUse> = {}): SecretUse {
	const about = { registry, namespace: 'shop', secret: 'regcred', fingerprint: user };
	const image = { domain: registry, repository: 'app', tag: '1' };
	const login = { username: user, password: new Secret('x') };
	return { ...about, key: `${registry} shop regcred ${user}`, image, login, ...change };
}

/** Lets time pass and tests whatever falls due, each use in its turn. Gives what was asked. */
async function during(tests: SecretTests, seconds: number, ...uses: readonly SecretUse[]): Promise<readonly string[]> {
	asked = [];
	for (let left = seconds; left > 0; left -= 10) {
		await clock.pass(Math.min(10, left));
		while (await tests.testOne(uses));
	}
	return asked;
}

const statesOf = (tests: SecretTests, ...uses: readonly SecretUse[]) =>
	tests.states(uses).map(({ registry, success, reason }) => `${registry} ${reason ?? success}`);

test('each login is tried within 15 s, then once an interval, without moving bytes', async () => {
	const tests = makeTests();
	expect(statesOf(tests, use('a'))).toEqual(['a undefined']);
	expect(await during(tests, 20, use('a'))).toEqual(['a me']);
	expect(statesOf(tests, use('a'))).toEqual(['a true']);
	expect(await during(tests, 270, use('a'))).toEqual([]);
	expect(await during(tests, 30, use('a'))).toEqual(['a me']);
});

test('a login that is rejected rests for 10 minutes, an hour, 6 hours', async () => {
	const tests = makeTests();
	finds['a'] = rejected('a');
	await during(tests, 20, use('a'));
	expect(statesOf(tests, use('a'))).toEqual(['a auth_rejected']);
	expect(await during(tests, 9 * minute, use('a'))).toEqual([]);
	expect(await during(tests, 2 * minute, use('a'))).toHaveLength(1);
	expect(await during(tests, 58 * minute, use('a'))).toEqual([]);
	expect(await during(tests, 3 * minute, use('a'))).toHaveLength(1);
	expect(await during(tests, 5.9 * hour, use('a'))).toEqual([]);
	expect(statesOf(tests, use('a'))).toEqual(['a auth_rejected']);
});

test('another login is tried at once, and takes the place of the one before', async () => {
	const tests = makeTests();
	finds['a'] = rejected('a');
	await during(tests, 20, use('a'));
	finds['a'] = well('a');
	expect(await during(tests, 20, use('a', 'new'))).toEqual(['a new']);
	expect(statesOf(tests, use('a', 'new'))).toEqual(['a true']);
});

test('a login that was rejected rests over a restart, and is told', async () => {
	const directory = mkdtempSync(join(tmpdir(), 'secret-pauses-'));
	onTestFinished(async () => {
		await pauses.flush();
		rmSync(directory, { recursive: true });
	});
	pauses = openPauseFile(directory, clock, (detail) => asked.push(detail));
	finds['a'] = rejected('a');
	await during(makeTests(), 20, use('a'));
	await pauses.flush();
	pauses = openPauseFile(directory, clock, (detail) => asked.push(detail));
	const after = makeTests();
	expect(statesOf(after, use('a'))).toEqual(['a auth_rejected']);
	expect(await during(after, 9 * minute, use('a'))).toEqual([]);
	expect(await during(after, 2 * minute, use('a'))).toEqual(['a me']);
});

test('a path that breaks says nothing of a secret, and keeps no other waiting', async () => {
	const tests = makeTests();
	const uses = [use('a'), use('a', 'other', { secret: 'other' }), use('b')];
	await during(tests, 20, ...uses);
	finds['a'] = cut('a');
	const tried = await during(tests, 5 * minute, ...uses);
	// The two secrets of that registry fall due at different times; one that is due with the other is not tried in vain.
	expect(tried.filter((one) => one.startsWith('a ')).length).toBeLessThanOrEqual(2);
	expect(statesOf(tests, ...uses)).toEqual(['a undefined', 'a undefined', 'b true']);
});

test('while the registry asks to be left alone, what is known stands', async () => {
	const tests = makeTests();
	await during(tests, 20, use('a'));
	finds['a'] = { observations: [], login: 'none', unasked: 'paused' };
	await during(tests, 6 * minute, use('a'));
	expect(statesOf(tests, use('a'))).toEqual(['a true']);
	finds['a'] = { observations: [], login: 'none', unasked: 'denied' };
	await during(tests, 6 * minute, use('a'));
	expect(statesOf(tests, use('a'))).toEqual(['a undefined']);
});

test('of several logins of one secret the one that fails is told', async () => {
	const tests = makeTests();
	const uses = [use('a'), use('a', 'second')];
	await during(tests, 20, ...uses);
	finds['a'] = rejected('a');
	await during(tests, 6 * minute, ...uses);
	finds['a'] = well('a');
	expect(statesOf(tests, ...uses)).toEqual(['a auth_rejected']);
});

test('what is wrong with the Secret itself is told without asking anybody', async () => {
	const tests = makeTests();
	const { login: _, ...bare } = use('a');
	const uses = (['secret_not_found', 'secret_forbidden', 'secret_unavailable'] as const).map((fault) => ({
		...bare,
		secret: fault,
		fault,
	}));
	expect(await during(tests, 10 * minute, ...uses)).toEqual([]);
	expect(statesOf(tests, ...uses)).toEqual(['a secret_not_found', 'a undefined', 'a undefined']);
});

test('a use that comes back is not tested before its time', async () => {
	const tests = makeTests();
	await during(tests, 20, use('a'));
	await during(tests, 60);
	expect(await during(tests, 60, use('a'))).toEqual([]);
	expect(statesOf(tests, use('a'))).toEqual(['a true']);
});

test('a probe that cannot be made at all is told and changes nothing', async () => {
	const tests = makeTests();
	await during(tests, 20, use('a'));
	Object.defineProperty(finds, 'a', {
		get() {
			throw new Error('no descriptors');
		},
	});
	await during(tests, 6 * minute, use('a'));
	expect(asked).toContain('Error: no descriptors');
	expect(statesOf(tests, use('a'))).toEqual(['a true']);
});
