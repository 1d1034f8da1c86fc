import { readdirSync } from 'node:fs';
import type { AgentFamily } from '../family.ts';

const microseconds = 1_000_000;

const cpuSeconds: AgentFamily = {
	name: 'process_cpu_seconds_total',
	type: 'counter',
	help: 'User and system CPU time that the agent used.',
	labels: [],
	series() {
		const { user, system } = process.cpuUsage();
		return [{ labels: {}, value: (user + system) / microseconds }];
	},
};

const residentMemory: AgentFamily = {
	name: 'process_resident_memory_bytes',
	type: 'gauge',
	help: "The agent's resident memory.",
	labels: [],
	series: () => [{ labels: {}, value: process.memoryUsage.rss() }],
};

const startTime: AgentFamily = {
	name: 'process_start_time_seconds',
	type: 'gauge',
	help: 'When the agent started.',
	labels: [],
	series: () => [{ labels: {}, value: startedAt }],
};

const openFileDescriptors: AgentFamily = {
	name: 'process_open_fds',
	type: 'gauge',
	help: 'Open file descriptors; absent where the system does not tell.',
	labels: [],
	series: () => countDescriptors().map((value) => ({ labels: {}, value })),
};

/** What Prometheus client libraries tell of every process, as far as it helps here. */
export const processFamilies: readonly AgentFamily[] = [cpuSeconds, residentMemory, startTime, openFileDescriptors];

const startedAt = Math.round(performance.timeOrigin / 1000);

function countDescriptors(): readonly number[] {
	try {
		// One of them is the descriptor that reads the directory.
		return [readdirSync('/proc/self/fd').length - 1];
	} catch {
		return [];
	}
}
