import { setTimeout as sleep } from 'node:timers/promises';

import { eventOf, type EventWish, placeOf } from '../../src/cluster/event.ts';
import { agentToken, looseToken } from './agentPod.ts';
import { type ControlPlane, startControlPlane } from './controlPlane.ts';
import { build, kubectl } from './kubectl.ts';
import type { Programs } from './parts.ts';
import { askServer, type ServerAnswer } from './request.ts';

/** An API server of its own where agents may write, and tokens of those on two nodes. */
export interface WritingWorld extends AsyncDisposable {
	readonly plane: ControlPlane;
	readonly tokens: { readonly ofA: string; readonly ofB: string; readonly loose: string };
	/** Patches a path, by default as a strategic merge. */
	readonly patch: (path: string, body: object, token?: string, type?: string) => Promise<ServerAnswer>;
	readonly post: (path: string, body: object, token?: string) => Promise<ServerAnswer>;
	/** Reads an object as one who may do everything. */
	read<T>(path: string): Promise<T>;
}

const ready = { type: 'Ready', status: 'True', reason: 'KubeletReady', message: '' };

/** Starts it with the nodes node-a and node-b, and waits until its policies are in force. */
export async function makeWritingWorld(programs: Programs): Promise<WritingWorld> {
	const plane = await startControlPlane(programs);
	const { access } = plane;
	const ask = async (path: string, options: Parameters<typeof askServer>[2]) => await askServer(access, path, options);
	const components = ['discovery', 'events', 'node-condition'].map((name) => `components/${name}`);
	await kubectl(access, ['apply', '--filename', '-'], await build(access, 'base', components));
	await kubectl(access, ['create', 'namespace', 'team']);
	for (const name of ['node-a', 'node-b']) {
		const node = { apiVersion: 'v1', kind: 'Node', metadata: { name, labels: { zone: 'one' } } };
		await ask('/api/v1/nodes', { method: 'POST', body: node });
		const type = 'application/strategic-merge-patch+json';
		const body = { status: { capacity: { cpu: '2' }, conditions: [ready] } };
		await ask(`/api/v1/nodes/${name}/status`, { method: 'PATCH', body, type });
	}
	const tokens = {
		ofA: await agentToken(access, 'node-a'),
		ofB: await agentToken(access, 'node-b'),
		loose: await looseToken(access),
	};
	const world: WritingWorld = {
		plane,
		tokens,
		patch: (path, body, token = tokens.ofA, type = 'application/strategic-merge-patch+json') =>
			ask(path, { method: 'PATCH', body, token, type }),
		post: (path, body, token = tokens.ofA) => ask(path, { method: 'POST', body, token }),
		async read(path) {
			const { status, body } = await askServer(access, path);
			if (status !== 200) throw new Error(`GET ${path}: ${status} ${body}`);
			return JSON.parse(body);
		},
		[Symbol.asyncDispose]: () => plane[Symbol.asyncDispose](),
	};
	await inForce(world);
	return world;
}

const early: EventWish = {
	regarding: { kind: 'Pod', namespace: 'team', name: 'early', uid: 'early' },
	reason: 'ImagePullExplained',
	about: 'image',
	note: 'Too early.',
};

/** A policy holds some seconds after it was made. */
async function inForce({ patch, post, tokens }: WritingWorld): Promise<void> {
	for (const end = performance.now() + 60_000; performance.now() < end; await sleep(200)) {
		const condition = await patch('/api/v1/nodes/node-a/status', { status: { phase: 'Running' } }, tokens.loose);
		const event = await post(placeOf(early).collection, eventOf(early, 'node-a', Date.now()), tokens.loose);
		if (condition.status === 403 && event.status === 403) return;
	}
	throw new Error('the policies do not come into force');
}
