import { writeFile } from 'node:fs/promises';
import { makeNode } from '../fakes/node.ts';
import { type Both, differences } from './agreement.ts';
import { containerdRuntimes } from './containerd.ts';
import { programs } from './parts.ts';
import { Records } from './record.ts';
import type { LiveRuntime } from './runtime.ts';
import { setups } from './setups/all.ts';
import type { Setup } from './setup.ts';
import { skopeoRuntime } from './skopeo.ts';
import { trial } from './trial.ts';
import { createTrust } from './trust.ts';

/** What is asked for on the command line. */
export interface LiveOptions {
	readonly only?: string | undefined;
	readonly record?: string | undefined;
	readonly containerd?: string | undefined;
}

async function runtimesOf({ containerd }: LiveOptions): Promise<LiveRuntime[]> {
	const { cripull, containerds, skopeo } = programs;
	const given = containerd === undefined ? containerds : [containerd];
	const each = await Promise.all(given.map((path) => containerdRuntimes({ containerd: path, cripull })));
	if (containerd !== undefined) return each.flat();
	await using node = await makeNode();
	return [...each.flat(), await skopeoRuntime(skopeo, node.root)];
}

function isFor(setup: Setup, runtime: LiveRuntime): boolean {
	return setup.only ? setup.only(runtime) : runtime.name === 'containerd';
}

function print(setup: Setup, runtime: LiveRuntime, { pulled, check }: Both, found: readonly string[]): void {
	const verdict = check.pulls[0];
	const said = verdict?.success
		? `via ${verdict.via ?? '?'}`
		: `${verdict?.blame?.host ?? '?'} ${verdict?.blame?.reason ?? '?'}`;
	const mark = found.length === 0 ? 'same  ' : 'DIFFER';
	console.log(`${mark} ${setup.name} | ${runtime.title} | ${pulled.success ? 'pulled' : 'failed'} | ${said}`);
	for (const line of found) console.log(`       ${line}`);
	if (found.length > 0 && pulled.text !== '') console.log(`       text: ${pulled.text}`);
}

/** Goes through the set-ups, in the namespaces; gives the exit code. */
export async function runLive(options: LiveOptions): Promise<number> {
	const begun = performance.now();
	const runtimes = await runtimesOf(options);
	const trust = await createTrust();
	const records = new Records();
	const counted = { same: 0, differ: 0 };
	const wanted = new RegExp(options.only ?? '');
	const chosen = setups.filter(({ name }) => wanted.test(name));
	for (const setup of chosen) {
		for (const runtime of runtimes.filter((each) => isFor(setup, each))) {
			const both = await trial(setup, runtime, trust);
			const found = differences(both);
			counted[found.length === 0 ? 'same' : 'differ']++;
			records.add(setup, runtime, both);
			print(setup, runtime, both, found);
		}
	}
	if (options.record !== undefined) await writeFile(options.record, records.text());
	const seconds = Math.round((performance.now() - begun) / 1000);
	console.log(`${chosen.length} set-ups, ${counted.same} pulls the same, ${counted.differ} not, ${seconds} s`);
	return counted.differ === 0 && chosen.length > 0 ? 0 : 1;
}
