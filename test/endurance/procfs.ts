import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

/** What a process holds at one moment, as Linux tells it (https://man7.org/linux/man-pages/man5/proc.5.html). */
export interface Holding {
	readonly descriptors: number;
	/** Of the descriptors those that are sockets. */
	readonly sockets: number;
	readonly threads: number;
	/** Resident memory, in MiB. */
	readonly memory: number;
	/** The most resident memory that the process ever had, in MiB. */
	readonly peak: number;
	/** User and system time used so far. */
	readonly cpuSeconds: number;
}

/** USER_HZ, which is 100 on every architecture that Linux has today. */
const ticksPerSecond = 100;

/** What a process holds now. Throws when there is no such process. */
export function holdingOf(pid: number): Holding {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	const number = (name: string) => Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(status)?.[1]);
	const targets = descriptorsOf(pid);
	return {
		descriptors: targets.length,
		sockets: targets.filter((target) => target.startsWith('socket:')).length,
		threads: number('Threads'),
		memory: number('VmRSS') / 1024,
		peak: number('VmHWM') / 1024,
		cpuSeconds: cpuSecondsOf(pid),
	};
}

function descriptorsOf(pid: number): string[] {
	const directory = `/proc/${pid}/fd`;
	return readdirSync(directory).flatMap((name) => {
		try {
			return [readlinkSync(`${directory}/${name}`)];
		} catch {
			// Closed between the two looks.
			return [];
		}
	});
}

/** Fields 14 and 15 of the line; the name in field 2 may hold spaces. */
function cpuSecondsOf(pid: number): number {
	const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
	const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}
