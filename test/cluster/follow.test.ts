import { afterEach, expect, test } from 'vitest';

import type { ApiFailure } from '../../src/cluster/apiFailure.ts';
import { follow } from '../../src/cluster/follow.ts';
import { readPod } from '../../src/cluster/pod.ts';
import type { ReceivedRequest } from '../fakes/http.ts';
import { type Answer, json, type Reply } from '../fakes/reply.ts';
import { until } from '../commands/agent.ts';
import { startServer } from './apiServer.ts';
import { aPod } from './pods.ts';

/** What is seen of an API server that answers lists and watches with these, the last ones again and again. */
class Seen implements AsyncDisposable {
	pods: readonly string[] = [];
	readonly failures: ApiFailure[] = [];
	syncs = 0;
	/** Whether the pods were all, each time that they were told. */
	readonly complete: boolean[] = [];
	readonly asked: ReceivedRequest[] = [];
	readonly #stop = new AbortController();
	#close = () => Promise.resolve();

	async start(lists: readonly Reply[], watches: readonly Reply[]): Promise<void> {
		const counts = { list: 0, watch: 0 };
		const { server, access } = await startServer((request) => {
			this.asked.push(request);
			const kind = request.query.has('watch') ? 'watch' : 'list';
			const replies = kind === 'watch' ? watches : lists;
			return replies[counts[kind]++] ?? replies.at(-1) ?? 'silence';
		});
		this.#close = server.close;
		const followers = {
			onChange: (pods: readonly { readonly name: string }[], complete: boolean) => {
				this.pods = pods.map(({ name }) => name);
				this.complete.push(complete);
			},
			onSync: () => this.syncs++,
			onFailure: (failure: ApiFailure) => this.failures.push(failure),
		};
		const subject = { path: '/api/v1/pods?fieldSelector=x', trim: readPod, most: 3 };
		const { signal } = this.#stop;
		void follow(access, subject, followers, { signal, pace: { first: 20, most: 100 }, quiet: 300 });
	}

	/** The versions that watches began at. */
	get versions(): readonly (string | null)[] {
		return this.asked.filter(({ query }) => query.has('watch')).map(({ query }) => query.get('resourceVersion'));
	}

	get lists(): readonly ReceivedRequest[] {
		return this.asked.filter(({ query }) => !query.has('watch'));
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.#stop.abort();
		await this.#close();
	}
}

let seen: Seen | undefined;

afterEach(() => seen?.[Symbol.asyncDispose]());

async function follows(lists: readonly Reply[], watches: readonly Reply[]): Promise<Seen> {
	seen = new Seen();
	await seen.start(lists, watches);
	return seen;
}

const listOf = (version: string, ...names: readonly string[]) =>
	json(200, { kind: 'PodList', metadata: { resourceVersion: version }, items: names.map((name) => aPod(name)) });

function event(type: string, version: string, name = 'x'): string {
	const { metadata, ...rest } = aPod(name) as { metadata: object };
	return `${JSON.stringify({ type, object: { metadata: { ...metadata, resourceVersion: version }, ...rest } })}\n`;
}

/** A watch that tells these and then stays open in silence. */
function watchOf(...events: readonly string[]): Answer {
	const told = events.join('');
	return { status: 200, body: `${told}more`, pace: { stallAfter: Buffer.byteLength(told) } };
}

async function sees(what: string, holds: (seen: Seen) => boolean): Promise<void> {
	const now = seen ?? new Seen();
	await until(
		() => holds(now),
		() => `no ${what}: pods ${now.pods.join()}, versions ${now.versions.join()}, ${now.failures.join('; ')}`,
	);
}

test('a list, then a watch from there', async () => {
	await follows([listOf('7', 'a', 'b')], [watchOf(event('ADDED', '8', 'c'), event('DELETED', '9', 'a'))]);
	await sees('change', ({ pods }) => pods.join() === 'b,c');
	expect(seen?.asked[0]?.target).toBe('/api/v1/pods?fieldSelector=x&limit=100&resourceVersion=0');
	expect(Object.fromEntries(seen?.asked[1]?.query ?? [])).toMatchObject({
		watch: 'true',
		allowWatchBookmarks: 'true',
		resourceVersion: '7',
		fieldSelector: 'x',
	});
	expect(Number(seen?.asked[1]?.query.get('timeoutSeconds'))).toBeGreaterThanOrEqual(300);
});

test('a list in pages', async () => {
	const page = json(200, { metadata: { resourceVersion: '7', continue: 'a b' }, items: [aPod('a')] });
	await follows([page, listOf('7', 'b')], [watchOf()]);
	await sees('pods', ({ pods }) => pods.join() === 'a,b');
	expect(seen?.lists[1]?.query.get('continue')).toBe('a b');
	expect(seen?.lists[1]?.query.has('resourceVersion')).toBe(false);
});

test.each([
	[
		'truncated',
		{ ...watchOf(event('ADDED', '8', 'b')), pace: { truncateAfter: Buffer.byteLength(event('ADDED', '8', 'b')) } },
	],
	['silent', watchOf(event('ADDED', '8', 'b'))],
	['ended', { status: 200, body: event('ADDED', '8', 'b') }],
	['garbage', { status: 200, body: `${event('ADDED', '8', 'b')}<html>\n` }],
])('a watch that is %s is resumed where it broke, without a list', async (_, broken) => {
	await follows([listOf('7', 'a')], [broken, watchOf(event('BOOKMARK', '9'))]);
	await sees('resumption', ({ versions }) => versions.length >= 2);
	expect(seen?.pods).toEqual(['a', 'b']);
	expect(seen?.versions.slice(0, 2)).toEqual(['7', '8']);
	expect(seen?.lists).toHaveLength(1);
});

test.each([
	['the status', json(410, { kind: 'Status', code: 410, message: 'too old' })],
	['the stream', { status: 200, body: '{"type":"ERROR","object":{"kind":"Status","code":410,"message":"too old"}}\n' }],
])('410 Gone in %s asks for the list anew', async (_, gone) => {
	await follows([listOf('7', 'a'), listOf('20', 'b')], [gone, watchOf(event('BOOKMARK', '21'))]);
	await sees('new list', ({ pods }) => pods.join() === 'b');
	await sees('watch', ({ versions }) => versions.join() === '7,20');
	expect(seen?.failures).toEqual([]);
});

test('a watch that ends with the token said back is told without it', async () => {
	const object = { kind: 'Status', code: 401, message: 'whose is "token"?' };
	await follows([listOf('7')], [{ status: 200, body: `${JSON.stringify({ type: 'ERROR', object })}\n` }]);
	await sees('failure', ({ failures }) => failures.length > 0);
	expect(seen?.failures[0]?.message).toBe('status 401: whose is "REDACTED"?');
});

test('a server that asks to wait is left alone', async () => {
	const busy = json(429, {}, { 'retry-after': '1' });
	await follows([busy, listOf('7', 'a')], [watchOf()]);
	await sees('refusal', ({ failures }) => failures.length === 1);
	const began = performance.now();
	await sees('pods', ({ pods }) => pods.join() === 'a');
	expect(performance.now() - began).toBeGreaterThan(900);
});

test('a list that breaks leaves the picture as it is', async () => {
	const half = { ...listOf('20', 'b'), pace: { truncateAfter: 60 } };
	const gone = json(410, {});
	await follows([listOf('7', 'a'), half], [gone]);
	await sees('failures', ({ failures }) => failures.length >= 2);
	expect(seen?.pods).toEqual(['a']);
	expect(seen?.syncs).toBe(1);
});

test('what is no list is told and asked for again', async () => {
	await follows([{ status: 200, body: '<html>' }, listOf('7', 'a')], [watchOf()]);
	await sees('pods', ({ pods }) => pods.join() === 'a');
	expect(seen?.failures.map(({ message }) => message)).toEqual(['the answer is no list of the API']);
});

test('more pods than are looked at: the list is asked for again when a watch ends', async () => {
	const crowded = listOf('7', 'a', 'b', 'c', 'd');
	await follows([crowded, listOf('9', 'd')], [{ status: 200, body: event('DELETED', '8', 'a') }, watchOf()]);
	await sees('new list', ({ pods }) => pods.join() === 'd');
	expect(seen?.lists).toHaveLength(2);
	expect(seen?.complete).toEqual([false, false, true]);
});

test('each event and each bookmark is a sign that the picture is right', async () => {
	await follows([listOf('7', 'a')], [watchOf(event('BOOKMARK', '8'), event('BOOKMARK', '9'))]);
	await sees('signs', ({ syncs }) => syncs >= 3);
	expect(seen?.pods).toEqual(['a']);
});
