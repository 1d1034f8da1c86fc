import { tableOf } from '../table.ts';
import { benchInterval, lineOf, measured } from './measured.ts';
import { defaultTraffic, hourly, requestsOf } from './traffic.ts';
import { number, size } from './words.ts';

const hoursOfDay = 24;
const mebibyte = 1024 ** 2;

/** What an agent with the default configuration costs its node. */
export interface NodeCost {
	readonly attempts: number;
	readonly requests: number;
	readonly bytes: number;
	/** Thousandths of one CPU. */
	readonly cpu: number;
	/** Bytes of the working set. */
	readonly memory: number;
}

/** An hour of it. */
export function nodeCost(): NodeCost {
	const traffic = defaultTraffic();
	const attempts = hourly(traffic, () => 1);
	const cpu = lineOf('CPU');
	return {
		attempts,
		requests: hourly(traffic, requestsOf),
		bytes: hourly(traffic, ({ bytes }) => bytes),
		// A target of the bench is tried twice a minute.
		cpu: cpu.base + (cpu.each * benchInterval * attempts) / 3600,
		memory: measured('targets', 'working set, 10 targets') * mebibyte,
	};
}

/** The first table of docs/costs.md. */
export function nodeTable(): string {
	const { attempts, requests, bytes, cpu, memory } = nodeCost();
	const nodes = 1000;
	const row = (what: string, one: string, all: string, from: string) => [what, one, all, from];
	const day = (hourlyFigure: number) => number(hourlyFigure * hoursOfDay);
	return tableOf(
		['', 'a node', '1,000 nodes', 'follows from'],
		[
			row('attempts a day', day(attempts), day(attempts * nodes), 'four registries, every 5 minutes'),
			row(
				'requests a day',
				day(requests),
				day(requests * nodes),
				'[what the agent sends](requests.md#a-cluster-of-1000-nodes)',
			),
			row('bytes a day', size(bytes * hoursOfDay), size(bytes * hoursOfDay * nodes), '[below](#bytes)'),
			row(
				'memory, working set',
				`${number(memory / mebibyte)} MiB`,
				`${number((memory * nodes) / 1024 ** 3)} GiB`,
				'working set with 10 targets, measured',
			),
			row(
				'memory, resident',
				`${number(measured('memory', 'RSS, 50 targets, 30 s'))} MiB`,
				'',
				"with Node's own program, which the agent and others share; measured with 50 targets",
			),
			row('CPU', `${number(cpu)} mCPU`, `${number((cpu * nodes) / 1000)} CPUs`, '[below](#cpu)'),
		],
	);
}

/** The arithmetic of the CPU. */
export function cpuText(): string {
	const { base, each } = lineOf('CPU');
	const perAttempt = each * benchInterval;
	const { attempts, cpu } = nodeCost();
	return [
		`With 10 targets the bench measured ${number(measured('targets', 'CPU, 10 targets'))} mCPU, with 200 it was ${number(measured('targets', 'CPU, 200 targets'))} mCPU, each target tried every ${benchInterval} s with all that an attempt does. The line through both:`,
		`- ${number(base)} mCPU for an agent without any target, a scrape every ${benchInterval} s included;`,
		`- ${number(each)} mCPU for each target more, which is ${number(perAttempt)} ms for an attempt.`,
		'',
		`By default there are ${number(attempts)} attempts an hour: ${number(base)} + ${number(attempts)} × ${number(perAttempt)} ms ÷ 3,600 s = ${number(cpu)} mCPU.`,
	].join('\n');
}

/** The arithmetic of the bytes. */
export function bytesText(): string {
	const one = measured('wire', 'bytes above TCP, bare');
	const two = measured('wire', 'bytes above TCP, whole');
	const rows = defaultTraffic().map((each) => [
		each.registry,
		number(each.hosts),
		number(requestsOf(each)),
		size(each.bytes),
		number(each.attempts * hoursOfDay),
		size(each.attempts * hoursOfDay * each.bytes),
	]);
	return [
		`At the servers of the bench an attempt with one host and one HEAD took ${number(one)} bytes above TCP, both ways, handshake included; one with a token service beside it took ${number(two)}. So each host more is ${number(two - one)} bytes, and Docker Hub's layer is 2,459.`,
		'',
		tableOf(['registry', 'hosts', 'requests', 'bytes of an attempt', 'attempts a day', 'bytes a day'], rows),
	].join('\n');
}
