import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { type ClusterWriting, createWriting } from '../../src/commands/clusterWriting.ts';
import { createLog } from '../../src/commands/log.ts';
import type { PullVerdict } from '../../src/verdict/pullVerdict.ts';
import { type Reached, startServer } from '../cluster/apiServer.ts';
import { json } from '../fakes/reply.ts';
import { configOf } from '../plan/settings.ts';
import { aTarget } from '../store/literals.ts';

let reached: Reached;
let account: string;
let writing: ClusterWriting;
let lines: string[];

beforeEach(async () => {
	reached = await startServer(() => json(200, {}));
	account = await mkdtemp(join(tmpdir(), 'service-account-'));
	await writeFile(join(account, 'token'), 'token');
	await writeFile(join(account, 'ca.crt'), (await reached.access.identity()).ca);
	lines = [];
	writing = writingIn({ KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: String(reached.server.port) });
});

afterEach(async () => {
	await writing.stop();
	await reached.server.close();
	await rm(account, { recursive: true });
});

function writingIn(environment: Readonly<Record<string, string>>): ClusterWriting {
	const log = createLog({ level: 'debug', text: false, write: (line) => lines.push(line) });
	return createWriting({
		environment: { NODE_NAME: 'node-a', ...environment },
		node: 'host',
		log,
		explanations: () => [],
	});
}

const configured = (cluster: { readonly condition?: boolean; readonly events?: boolean }) => {
	const { discovery, cluster: none } = configOf();
	return { discovery: { ...discovery, serviceAccount: account }, cluster: { ...none, ...cluster } };
};
const works: PullVerdict = { registry: 'a.example', image: 'a.example/app', success: true };
const target = aTarget({ registry: 'a.example', origin: 'configured' });
/** What was patched, the looks aside. */
const patched = () => reached.server.requests.map(({ body }) => body).filter((body) => body !== '{}');

test('nothing is asked while nothing is switched on', async () => {
	writing.plan([target]);
	await writing.configure(configured({}));
	writing.see([works]);
	await writing.stop();
	expect(reached.server.requests).toEqual([]);
	expect(lines).toEqual([]);
});

test('the condition is that of the node in the environment, and goes when it is switched off', async () => {
	writing.plan([target]);
	await writing.configure(configured({ condition: true }));
	writing.see([works]);
	await expect.poll(patched, { timeout: 5000 }).toEqual([expect.stringContaining('"status":"True"')]);
	expect(reached.server.requests[0]?.path).toBe('/api/v1/nodes/node-a/status');
	await writing.configure(configured({}));
	expect(patched().at(-1)).toContain('"$patch":"delete"');
	await writing.stop();
	expect(patched()).toHaveLength(2);
});

test('registries that pods alone name do not count', async () => {
	writing.plan([aTarget({ registry: 'a.example', origin: 'discovered' })]);
	await writing.configure(configured({ condition: true }));
	writing.see([works]);
	await expect.poll(patched, { timeout: 5000 }).toEqual([expect.stringContaining('"reason":"NoRegistries"')]);
});

test('a reload that changes nothing about it leaves the condition as it is', async () => {
	writing.plan([target]);
	await writing.configure(configured({ condition: true }));
	writing.see([works]);
	await expect.poll(patched, { timeout: 5000 }).toHaveLength(1);
	await writing.configure(configured({ condition: true }));
	writing.plan([target]);
	writing.see([works]);
	expect(patched()).toHaveLength(1);
});

test('at its end the agent says that nobody looks any more', async () => {
	writing.plan([target]);
	await writing.configure(configured({ condition: true }));
	writing.see([works]);
	await expect.poll(patched, { timeout: 5000 }).toHaveLength(1);
	await writing.stop();
	expect(patched().at(-1)).toContain('"reason":"AgentStopped"');
});

test('outside of a pod one line says that nothing is written', async () => {
	const outside = writingIn({});
	await outside.configure(configured({ condition: true }));
	outside.see([works]);
	expect(lines).toEqual([expect.stringContaining('nothing is written to the cluster')]);
	await outside.stop();
});
