/** Milliseconds of this thread's own processor time so far: what else the machine does counts for nothing. */
export function processorTime(): number {
	const { user, system } = process.threadCpuUsage();
	return (user + system) / 1000;
}

/** Milliseconds of processor time that something takes. For bounds that only a wrong order of growth can break. */
export function timeOf(work: () => unknown): number {
	const before = processorTime();
	work();
	return processorTime() - before;
}
