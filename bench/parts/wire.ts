import { setTimeout as sleep } from 'node:timers/promises';
import { startAgent } from '../agent.ts';
import type { Bench } from '../bench.ts';
import type { Kind } from '../configuration.ts';
import { documented, observed } from '../documented.ts';
import type { Row } from '../row.ts';

const targets = 20;

/** The kinds of attempts, by the rows of docs/requests.md. */
const kinds: Readonly<Record<Kind, string>> = {
	bare: 'open registry, with `manifest_get: never` and `blob: { bytes: 0 }`',
	whole: 'the same, with `manifest_get: never` and `blob: { bytes: 0 }`',
	blob: 'token service, layers from another host',
};

/** Promise 11: requests and bytes of one attempt, counted at the servers. */
export async function wire(bench: Bench): Promise<Row[]> {
	const rows: Row[] = [];
	for (const [kind, attempt] of Object.entries(kinds) as [Kind, string][]) {
		bench.say(`wire: ${kind}, about 20 s`);
		rows.push(...(await ofKind(bench, kind, attempt)));
	}
	return rows;
}

async function ofKind({ world, program }: Bench, kind: Kind, attempt: string): Promise<Row[]> {
	await world.counts();
	let attempts: number;
	{
		await using agent = await startAgent(program, world, { kind, targets, interval: 600 });
		await agent.reach(targets);
		await sleep(1000);
		attempts = await agent.made();
	}
	// Its connections are gone with it, so that all their bytes are counted.
	await sleep(200);
	const counts = await world.counts();
	const seen = observed(counts, attempts, kind === 'bare' ? 'open' : 'guarded');
	const part = 'wire';
	const row = { part, promise: 11, what: `requests, ${kind}`, unit: 'requests' as const, note: seen };
	const each = (total: number) => [total / attempts];
	return [
		{ ...row, result: seen === documented(attempt) ? 'as documented' : 'differs', goal: 'exact' },
		{ part, what: `bytes above TCP, ${kind}`, unit: 'bytes', agent: each(counts.bytes) },
		{ part, what: `TCP connections, ${kind}`, unit: '', agent: each(counts.connections) },
	];
}
