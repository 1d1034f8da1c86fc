import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { faultsOf, tableOf } from './soakReport.ts';
import { type Sample, soak } from './soakRun.ts';

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

const minutes = readArguments();
const soaked = await soak(minutes * 60, follow);
const faults = faultsOf(soaked);
const [before, after] = soaked.rest;
print(`\n${machine()}\n${minutes} minutes, ${soaked.changes} changes of the world\n\n${tableOf(soaked)}\n`);
for (const [name, held] of Object.entries({ before, after })) {
	const { descriptors, sockets, threads, memory, peak } = held;
	print(
		`at rest ${name}: ${descriptors} descriptors, ${sockets} sockets, ${threads} threads, ${memory.toFixed(1)} MiB, highest ever ${peak.toFixed(1)} MiB`,
	);
}
for (const fault of faults) print(`NOT FLAT: ${fault}`);
process.exitCode = faults.length > 0 ? 1 : 0;
