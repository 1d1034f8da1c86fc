import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

import type { Finding } from './engine/attempt.ts';
import type { Outcome } from './engine/campaign.ts';
import { keep, keepOnly, kept, nameOf } from './engine/files.ts';
import { processTime, watched } from './engine/watchdog.ts';
import { removeRoots } from './nodeRoot.ts';
import { type Options, readOptions, usage } from './options.ts';
import type { Target } from './target.ts';
import { targetNamed, targetNames } from './targets.ts';

/** Starts of a thread for one target: each hang, and each input that takes all memory, ends one. */
const mostStarts = 5;
/** Longer ones are better made by the test that they become. */
const longestKept = 16 * 1024;
const say = (text: string) => void process.stdout.write(`${text}\n`);

function tell(target: Target, { kind, what, input }: Finding): void {
	const short = input.length <= longestKept;
	const path = short
		? relative('', keep('findings', target, input))
		: join(tmpdir(), `${target.name}-${nameOf(input)}`);
	if (!short) writeFileSync(path, input);
	say(`${target.name}: ${kind}: ${what}\n  ${input.length} bytes in ${path}`);
}

/** Tries one target for its time. Gives how many findings there were. */
async function fuzz(name: string, { minutes, seed, runs, keep: leaveCorpus }: Options): Promise<number> {
	const target = await targetNamed(name);
	const begun = processTime();
	const left = () => minutes * 60_000 - (processTime() - begun);
	const corpus = [...kept('corpus', target)];
	let findings = 0;
	const onFinding = (finding: Finding) => {
		findings++;
		tell(target, finding);
	};
	let outcome: Outcome | undefined;
	for (let start = 0; start < mostStarts && !outcome && left() > 0; start++) {
		const wish = { seed: seed + start, time: left(), runs, corpus: [...corpus] };
		const ending = await watched(name, wish, { onFinding, onKept: (input) => void corpus.push(input) });
		if ('kind' in ending) onFinding(ending);
		else outcome = ending;
	}
	const time = `${name}: ${((processTime() - begun) / 60_000).toFixed(1)} min`;
	if (outcome && !leaveCorpus) keepOnly(target, outcome.best);
	const told = outcome
		? `${outcome.executions} inputs, ${outcome.reached} reached, ${outcome.best.length} kept`
		: 'ended by its findings';
	say(`${time}, ${told}, ${findings} findings`);
	return findings;
}

/** Exit code: 0 nothing was found, 1 something was, 2 it cannot be run so. */
async function run(): Promise<number> {
	const options = readOptions(process.argv.slice(2), targetNames);
	if (options.list) {
		for (const name of targetNames) say(name);
		return 0;
	}
	let findings = 0;
	for (const name of options.targets) findings += await fuzz(name, options);
	return findings > 0 ? 1 : 0;
}

try {
	process.exitCode = await run();
} catch (error) {
	process.stderr.write(`fuzz: ${error instanceof Error ? error.message : String(error)}\n${usage}\n`);
	process.exitCode = 2;
} finally {
	removeRoots();
}
