import { afterEach, expect, test } from 'vitest';
import type { PodExplanation } from '../../src/explain/podExplanation.ts';
import { podsDocument } from '../../src/explain/podsDocument.ts';
import type { ExplainPodDocument } from '../../src/views/podJson.ts';
import { createAuthority } from '../fakes/authority.ts';
import { type HttpOptions, type HttpServer, startHttp } from '../fakes/http.ts';
import { registryProbe } from './command.ts';

const explanation: PodExplanation = {
	namespace: 'shop',
	pod: 'cart',
	uid: 'u',
	container: 'web',
	image: 'ghcr.io/acme/cart:1',
	registry: 'ghcr.io',
	state: 'ErrImagePull',
	cause: 'image',
	explained: 'image',
	reason: 'manifest_not_found',
	summary: 'There is no such tag.',
	evidence: [],
	changed: [],
	remedy: 'Correct the tag.',
};
const observations = {
	version: 1,
	node: 'n1',
	pulls: [{ registry: 'ghcr.io', image: 'ghcr.io/library/busybox:latest', success: true, via: 'ghcr.io' }],
	observations: [],
};

let agent: HttpServer;
afterEach(() => agent.close());

/** A server that answers as an agent does. */
async function startAgent(
	pods: readonly PodExplanation[],
	syncedAt?: number,
	options: HttpOptions = {},
): Promise<string> {
	const answers: Readonly<Record<string, object>> = {
		'/api/v1/pods': podsDocument('n1', pods, syncedAt),
		'/api/v1/observations': observations,
	};
	agent = await startHttp(options, ({ path }) => ({ status: 200, body: JSON.stringify(answers[path] ?? {}) }));
	return agent.origin();
}

const explain = (url: string, ...args: readonly string[]) =>
	registryProbe(['explain', 'shop/cart', '--agent', url, ...args], { LANG: 'C.UTF-8' });

test('an agent that is reached directly is asked alone', async () => {
	const { code, stdout, stderr } = await explain(await startAgent([explanation], 1000), '--output', 'json');
	const document = JSON.parse(stdout) as ExplainPodDocument;
	expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
	expect(document).toMatchObject({
		node: 'n1',
		agent: { state: 'answered' },
		explanations: [{ cause: 'image', reason: 'manifest_not_found' }],
		elsewhere: [{ registry: 'ghcr.io', here: { success: true }, others: 0 }],
		gaps: ['Other nodes were not asked: that takes a kubeconfig.'],
	});
	expect(agent.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
});

test('one that listens with TLS is asked with TLS', async () => {
	const authority = await createAuthority();
	const { chain, key } = await authority.issue({ names: ['agent.example'] });
	const url = await startAgent([explanation], 1000, { tls: { cert: chain, key } });
	expect((await explain(url)).stdout).toContain('Correct the tag.');
});

test('a pod that it has nothing to say about is not known', async () => {
	const ended = await explain(await startAgent([{ ...explanation, namespace: 'other' }], 1000));
	expect(ended).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('knows no pod shop/cart') });
});

test('an agent that does not look at pods says so', async () => {
	const ended = await explain(await startAgent([]));
	expect(ended).toMatchObject({ code: 3, stderr: expect.stringContaining('does not look at pods') });
});

test('what is no agent is said in one line', async () => {
	agent = await startHttp({}, () => ({ status: 403, body: 'This is for others.' }));
	const ended = await explain(agent.origin());
	expect(ended).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('no agent answers') });
	expect(ended.stderr.trimEnd().split('\n')).toHaveLength(1);
});
