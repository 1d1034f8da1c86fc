import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { endAtRandomMoments } from './ending.ts';
import { faultsOf, tableOf } from './soakReport.ts';
import { type Sample, soak } from './soakRun.ts';
import { stall } from './stall.ts';

/** Minutes to run. Throws `RangeError` on anything that is no such number. */
function readArguments(): number {
	const { values } = parseArgs({ options: { minutes: { type: 'string', default: '30' } } });
	const minutes = Number(values.minutes);
	if (!(minutes >= 0.5 && minutes <= 7 * 24 * 60)) throw new RangeError('--minutes wants 0.5 to 10080');
	return minutes;
}

const print = (text: string) => void process.stdout.write(`${text}\n`);

function machine(): string {
	const [first] = cpus();
	const memory = Math.round(totalmem() / 1024 ** 3);
	return `${process.platform} ${process.arch}, ${cpus().length} × ${first?.model ?? 'CPU'}, ${memory} GiB, Node.js ${process.version}`;
}

function follow({ seconds, memory, descriptors, attempts }: Sample): void {
	print(`${seconds.toFixed(0)} s: ${memory.toFixed(1)} MiB, ${descriptors} descriptors, ${attempts} attempts`);
}

/** The run of so many minutes; gives what was not flat. */
async function soakFor(minutes: number): Promise<readonly string[]> {
	const soaked = await soak(minutes * 60, follow);
	const [before, after] = soaked.rest;
	print(`\n${machine()}\n${minutes} minutes, ${soaked.changes} changes of the world\n\n${tableOf(soaked)}\n`);
	for (const [name, held] of Object.entries({ before, after })) {
		const { descriptors, sockets, threads, memory, peak } = held;
		const told = `${descriptors} descriptors, ${sockets} sockets, ${threads} threads, ${memory.toFixed(1)} MiB`;
		print(`at rest ${name}: ${told}, highest ever ${peak.toFixed(1)} MiB`);
	}
	return faultsOf(soaked);
}

/** Ends 200 agents at random moments. */
async function endMany(): Promise<readonly string[]> {
	const endings = await endAtRandomMoments(200);
	const longest = Math.max(...endings.map(({ seconds }) => seconds));
	print(`${endings.length} agents ended at random moments: within ${longest.toFixed(2)} s`);
	const wrong = endings.filter(({ code, seconds, torn }) => code !== 0 || seconds > 5 || torn.length > 0);
	return wrong.map((ending) => `an agent ended badly: ${JSON.stringify(ending)}`);
}

/** Stops an agent for a minute. */
async function stallLong(): Promise<readonly string[]> {
	const { repeated, failures, complaints, goesOn } = await stall(60);
	print(`stopped for a minute: ${repeated} attempts repeated, ${failures} failures counted`);
	return failures > 0 || complaints.length > 0 || !goesOn
		? [`a standstill was blamed: ${JSON.stringify(complaints)}`]
		: [];
}

const minutes = readArguments();
const faults = [...(await soakFor(minutes)), ...(await stallLong()), ...(await endMany())];
for (const fault of faults) print(`NOT AS IT SHOULD BE: ${fault}`);
process.exitCode = faults.length > 0 ? 1 : 0;
