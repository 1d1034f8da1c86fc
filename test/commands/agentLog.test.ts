import { beforeEach, expect, test } from 'vitest';
import { createLog, type Log } from '../../src/commands/log.ts';
import { type ChangeLog, createChangeLog } from '../../src/commands/logChanges.ts';
import type { Observation, StageRecord } from '../../src/probe/observation.ts';
import type { PullVerdict } from '../../src/verdict/pullVerdict.ts';
import { observationOf, targetOf } from '../schedule/world.ts';

let lines: string[];
let log: Log;
let changes: ChangeLog;

const logAt = (level: 'info' | 'debug' | 'warn', text = true) =>
	createLog({ level, text, write: (line) => lines.push(line), now: () => Date.UTC(2026, 0, 2, 3, 4, 5) });

beforeEach(() => {
	lines = [];
	log = logAt('info');
	changes = createChangeLog(log);
});

const target = targetOf('a.example');
const fails = (changed: Partial<StageRecord> = {}): Observation => {
	const record = { role: 'token', stage: 'tcp', peer: 'auth.example', outcome: 'failure', ...changed };
	const failure = { reason: 'tcp_timeout', detail: 'SYN unanswered', ...record } as StageRecord;
	return observationOf(target, { success: false, records: [failure] });
};

test('a line of text says time, level, message and fields', () => {
	log.warn('path fails', { host: 'a.example', detail: 'no answer' });
	expect(lines).toEqual(['03:04:05 warn  path fails host=a.example detail="no answer"\n']);
});

test('a line of JSON is one object', () => {
	logAt('info', false).info('path works', { host: 'a.example', seconds: 1.5, via: undefined });
	expect(lines.map((line) => JSON.parse(line))).toEqual([
		{ time: '2026-01-02T03:04:05.000Z', level: 'info', message: 'path works', host: 'a.example', seconds: 1.5 },
	]);
});

test('a level that was not asked for is not written', () => {
	const quiet = logAt('warn');
	quiet.info('no');
	quiet.debug('no');
	quiet.error('yes');
	expect(lines).toHaveLength(1);
});

test.each([true, false])('a text from outside stays within its line and its measure (text: %s)', (text) => {
	logAt('info', text).info('path works', { detail: `\u001B[31mred\n\r\u0000${'x'.repeat(5000)}` });
	expect(lines).toHaveLength(1);
	expect(lines[0]).toMatch(/^[^\p{Cc}]*\n$/u);
	expect(lines[0]?.length).toBeLessThan(700);
});

test('a path that works is told once, not at each attempt', () => {
	for (let times = 0; times < 5; times += 1) changes.path(observationOf(target));
	expect(lines).toEqual(['03:04:05 info  path works registry=a.example host=a.example\n']);
});

test('a path that breaks is told once, with role, stage, reason, peer and detail', () => {
	changes.path(observationOf(target));
	for (const detail of ['SYN unanswered', 'SYN unanswered again']) changes.path(fails({ detail } as StageRecord));
	expect(lines.slice(1)).toEqual([
		'03:04:05 warn  path fails registry=a.example host=a.example role=token stage=tcp peer=auth.example ' +
			'reason=tcp_timeout detail="SYN unanswered"\n',
	]);
});

test('a path that breaks elsewhere, and one that mends, are changes', () => {
	changes.path(fails());
	changes.path(fails({ reason: 'tcp_refused' } as StageRecord));
	changes.path(observationOf(target));
	expect(lines.map((line) => line.slice(15).split(' registry')[0])).toEqual([
		'path fails',
		'path fails',
		'path works again',
	]);
});

test('a default layer that the registry no longer knows is told once', () => {
	const facts = { blobSkipped: 'the registry no longer knows the default layer' };
	const manifest: StageRecord = { role: 'registry', stage: 'manifest', peer: 'a.example', outcome: 'success', facts };
	for (let round = 0; round < 3; round++) changes.path(observationOf(target, { success: true, records: [manifest] }));
	expect(lines.filter((line) => line.includes('no layer is read'))).toEqual([
		'03:04:05 warn  no layer is read registry=a.example host=a.example detail="the registry no longer knows the default layer"\n',
	]);
});

test('pulls that fail are an error, told once; pulls that succeed from the start are not told', () => {
	const good: PullVerdict = { registry: 'a.example', image: 'a.example/a:b', success: true, via: 'a.example' };
	const blame = { host: 'a.example', role: 'token', stage: 'tcp', reason: 'tcp_timeout' } as const;
	for (const success of [true, false, false, true, true]) {
		changes.pulls([success ? good : { registry: good.registry, image: good.image, success, blame }]);
	}
	expect(lines.map((line) => line.slice(9, 40))).toEqual([
		expect.stringMatching(/^error pulls fail registry=/),
		expect.stringMatching(/^info {2}pulls succeed again /),
	]);
});

test('a pause is told when it begins and when it ends', () => {
	for (const causes of [[], ['floor'], ['floor'], ['floor', 'retry_after'], ['floor'], []] as const) {
		changes.pauses(target, causes);
	}
	expect(lines.map((line) => line.slice(15).trim())).toEqual([
		'pause begins registry=a.example host=a.example cause=floor',
		'pause begins registry=a.example host=a.example cause=retry_after',
		'pause ends registry=a.example host=a.example cause=retry_after',
		'pause ends registry=a.example host=a.example cause=floor',
	]);
});

test('a target that left the plan and came back is told anew', () => {
	changes.path(observationOf(target));
	changes.keep([]);
	changes.path(observationOf(target));
	expect(lines).toHaveLength(2);
});
