import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeNode } from '../fakes/node.ts';
import type { Both } from './agreement.ts';
import { bindProcesses } from './processes.ts';
import { Probe } from './probe.ts';
import type { LiveRuntime } from './runtime.ts';
import type { Setup } from './setup.ts';
import type { Trust } from './trust.ts';
import { nameserver, startWorld } from './world.ts';

/** Asks both a runtime and registry-probe for the image of a set-up, on the same node and at the same servers. */
export async function trial(setup: Setup, runtime: LiveRuntime, trust: Trust): Promise<Both> {
	await using world = await startWorld(setup, trust);
	const given = { version: runtime.version, privateAuthority: trust.privateAuthority };
	const files = { ...runtime.files(setup), ...(await setup.files?.(given)) };
	await using node = await makeNode({ nameservers: [nameserver], bundle: trust.known.pem, files });
	const probe = new Probe(node.root, node.root);
	await probe.configure(setup, runtime);
	const ask = async () => {
		const askedByRuntime = world.journal.take();
		const [plan, check] = await Promise.all([probe.plan(), probe.check()]);
		return { askedByRuntime, plan, check, askedByProbe: world.journal.take() };
	};
	let asked: Awaited<ReturnType<typeof ask>> | undefined;
	const pulled = await runtime.pull(node.root, setup, async () => {
		await mkdir(join(node.root, 'proc'), { recursive: true });
		await using _processes = setup.detected ? await bindProcesses(node.root) : undefined;
		asked = await ask();
	});
	if (!asked) throw new TypeError('the probe was not asked');
	return { pulled, ...asked };
}
