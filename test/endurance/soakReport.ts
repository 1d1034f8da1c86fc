import { growthOf } from './flat.ts';
import type { Sample, Soaked } from './soakRun.ts';

/** MiB by which the floor of memory may drift: what V8 keeps or gives back between two looks. */
const drift = 8;
/** Descriptors by which a busy moment may exceed another. */
const burst = 6;

/** What is not as it should be after a run, a line each; empty when all is flat. */
export function faultsOf({ samples, rest: [before, after], complaints, exitCode }: Soaked): readonly string[] {
	const of = (read: (sample: Sample) => number) => samples.map(read);
	const told: readonly (readonly [boolean, string])[] = [
		[
			growthOf(
				of(({ memory }) => memory),
				'floor',
			) > drift,
			'memory grows',
		],
		[
			growthOf(
				of(({ descriptors }) => descriptors),
				'ceiling',
			) > burst,
			'descriptors grow under faults',
		],
		[after.descriptors > before.descriptors + 1, 'descriptors are left over'],
		[after.sockets > before.sockets + 1, 'sockets are left over'],
		[after.threads > before.threads, 'threads are left over'],
		[
			growthOf(
				of(({ series }) => series),
				'ceiling',
			) > 20,
			'series grow',
		],
		[
			steadyPace(samples) < 0.95,
			`the registry that never fails was tried ${steadyPace(samples).toFixed(2)} times a second`,
		],
		[samples.some(({ steadyWorks }) => !steadyWorks), 'the registry that never fails looked broken'],
		[exitCode !== 0, `exit code ${exitCode}`],
	];
	return [...told.flatMap(([wrong, line]) => (wrong ? [line] : [])), ...complaints];
}

/** Attempts a second on the registry that never fails. */
function steadyPace(samples: readonly Sample[]): number {
	const [first, last] = [samples[0], samples.at(-1)];
	if (!first || !last) return 0;
	return (last.steadyAttempts - first.steadyAttempts) / (last.seconds - first.seconds);
}

const heads = ['minute', 'memory MiB', 'descriptors', 'sockets', 'threads', 'series', 'attempts', 'failures', 'CPU %'];

/** The run as a table in Markdown: a row for each tenth of it. */
export function tableOf({ samples }: Soaked): string {
	const tenth = samples.length / 10;
	const rows = Array.from({ length: 10 }, (_, at) => {
		const part = samples.slice(Math.floor(at * tenth), Math.floor((at + 1) * tenth));
		return part.length > 0 ? rowOf(part, samples[Math.floor(at * tenth) - 1]) : [];
	});
	const lines = [heads, heads.map(() => '---:'), ...rows.filter((row) => row.length > 0)];
	return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function rowOf(part: readonly Sample[], before: Sample | undefined): string[] {
	const last = part.at(-1);
	const first = before ?? part[0];
	if (!last || !first) return [];
	const range = (read: (sample: Sample) => number) => {
		const values = part.map(read);
		const [low, high] = [Math.round(Math.min(...values)), Math.round(Math.max(...values))];
		return low === high ? `${low}` : `${low}–${high}`;
	};
	const cpu = (100 * (last.cpuSeconds - first.cpuSeconds)) / (last.seconds - first.seconds);
	return [
		(last.seconds / 60).toFixed(1),
		range(({ memory }) => memory),
		range(({ descriptors }) => descriptors),
		range(({ sockets }) => sockets),
		range(({ threads }) => threads),
		range(({ series }) => series),
		String(last.attempts),
		String(last.failures),
		cpu.toFixed(1),
	];
}
