import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import { AgentProcess } from '../commands/agent.ts';
import { makeImage } from '../fakes/image.ts';
import { silent, startMisbehaving } from '../fakes/misbehaving.ts';
import { makeNode } from '../fakes/node.ts';
import { startRegistry } from '../fakes/registry.ts';
import { configurationOf, entryOf } from './settings.ts';

/** How an agent ended that was asked to. */
export interface Ending {
	/** Milliseconds after it had said that it listens. */
	readonly moment: number;
	readonly code: number | null;
	readonly seconds: number;
	/** What is not whole of what it left: a line, an answer, the state file. */
	readonly torn: readonly string[];
}

/** Milliseconds within which the moment lies: some attempts, of every kind. */
const span = 2500;

/** Asks agents to end, one at each of so many random moments, some at a time. */
export async function endAtRandomMoments(times: number): Promise<readonly Ending[]> {
	await using node = await makeNode();
	await using good = await startRegistry({ images: { 'team/app': { 1: makeImage() } } });
	await using hanging = await startMisbehaving(silent);
	const limited = { status: 429, headers: { 'retry-after': '600' }, body: '' };
	await using waits = await startRegistry({ respond: () => limited });
	const entries = [
		entryOf('good.test', good.origin()),
		entryOf('hanging.test', `http://127.0.0.1:${hanging.port}`),
		entryOf('waits.test', waits.origin()),
		entryOf('refuses.test', 'http://127.0.0.1:1'),
	];
	const text = configurationOf(node.root, entries);
	const limit = pLimit(2);
	return await Promise.all(Array.from({ length: times }, () => limit(() => end(text, Math.random() * span))));
}

async function end(text: string, moment: number): Promise<Ending> {
	const state = mkdtempSync(join(tmpdir(), 'state-'));
	await using agent = new AgentProcess(text, ['--log-level', 'debug', '--state', state]);
	const torn: string[] = [];
	await agent.told('agent listens');
	await sleep(moment);
	const reading = readUntilGone(agent, torn);
	const began = performance.now();
	agent.signal('SIGTERM');
	const code = await agent.ended();
	const seconds = (performance.now() - began) / 1000;
	await reading;
	torn.push(...tornIn(agent.errors, join(state, 'pauses.json')));
	rmSync(state, { recursive: true });
	return { moment, code, seconds, torn };
}

/** Asks for the metrics until nobody listens; an answer that has begun must end. */
async function readUntilGone(agent: AgentProcess, torn: string[]): Promise<void> {
	while (agent.running) {
		try {
			await agent.get('/metrics');
		} catch (error) {
			if (error instanceof Error && error.message === 'terminated') torn.push('an answer');
			return;
		}
	}
}

function tornIn(log: string, state: string): string[] {
	const lines = log.split('\n');
	const half = lines.filter((line) => line !== '' && !isJson(line));
	return [
		...half.map((line) => `the line ${line}`),
		...(lines.at(-1) === '' ? [] : ['the last line']),
		...(!existsSync(state) || isJson(readFileSync(state, 'utf8')) ? [] : ['the state file']),
	];
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}
