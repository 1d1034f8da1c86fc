import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { registryProbe } from '../commands/command.ts';
import { onScreen } from '../commands/screen.ts';
import { terminalPage } from '../docs/terminalPicture.ts';
import { type FleetPull, observationsOf } from './fleetDocuments.ts';
import type { FleetNode } from './fleet.ts';
import { makeFleetWorld } from './fleetWorld.ts';
import { makePrograms } from './parts.ts';
import { makeRefusedSecret } from './refusedSecret.ts';

/**
 * Makes the pictures of `cluster` and `explain` in docs/pictures anew: both in a real terminal against a real API server,
 * `cluster` with simulated agents of 44 nodes, `explain` with a real agent. Takes a minute and Debian's chromium:
 * npx node test/kubernetes/writePictures.ts
 */
const directory = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
const columns = 100;
const programs = makePrograms();

const hub = { registry: 'docker.io', host: 'registry-1.docker.io' };
const quota = { limit: 100, remaining: 61, windowSeconds: 21_600, source: '203.0.113.7' };
const others: readonly FleetPull[] = ['ghcr.io', 'registry.corp'].map((registry) => ({ registry }));
const timeout = { role: 'token', stage: 'tcp', reason: 'tcp_timeout' } as const;

function nodes(prefix: string, count: number, zone: string, first: FleetPull): readonly FleetNode[] {
	return Array.from({ length: count }, (_, at) => {
		const name = `${prefix}-${at + 10}`;
		return { name, zone, agent: { '/api/v1/observations': observationsOf(name, [first, ...others]) } };
	});
}

const fleet: readonly FleetNode[] = [
	...nodes('ip-10-0-1', 29, 'eu-central-1a', { ...hub, ratelimit: quota }),
	...nodes('ip-10-0-2', 12, 'eu-central-1c', { ...hub, ratelimit: { ...quota, remaining: 8, source: '203.0.113.9' } }),
	...nodes('ip-10-0-3', 1, 'eu-central-1b', { ...hub, blame: timeout, peer: 'auth.docker.io' }),
	{ name: 'ip-10-0-1-8', zone: 'eu-central-1a', agent: 'closed', waiting: 'ContainerCreating' },
	{ name: 'ip-10-0-2-2', zone: 'eu-central-1c', agent: 'silent' },
];

/** What a terminal shows of a command against a cluster. */
async function written(kubeconfig: string, ...args: readonly string[]): Promise<string> {
	return (await onScreen(columns, [...args, '--kubeconfig', kubeconfig], { TZ: 'UTC' })).written;
}

async function clusterScreen(): Promise<string> {
	await using world = await makeFleetWorld(programs);
	await world.add(fleet);
	return await written(world.access.kubeconfig, 'cluster', '--agent-timeout', '3s');
}

async function explainScreen(): Promise<string> {
	await using refused = await makeRefusedSecret(programs, 8);
	const { kubeconfig } = refused.world.plane.access;
	const args = ['explain', refused.pod, '--kubeconfig', kubeconfig, '--output', 'json'];
	while (!(await registryProbe(args)).stdout.includes('"explained": "image"')) await sleep(1000);
	return await written(kubeconfig, 'explain', refused.pod);
}

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const screens = { cluster: await clusterScreen(), explain: await explainScreen() };
for (const [name, text] of Object.entries(screens)) {
	const page = await browser.newPage();
	await page.setContent(terminalPage(`registry-probe ${name}${name === 'explain' ? ' team/cart-7d9f' : ''}`, text));
	await page.locator('pre').screenshot({ path: `${directory}${name}.png` });
}
await browser.close();
