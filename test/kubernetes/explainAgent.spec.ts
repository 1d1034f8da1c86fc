import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { ExplainPodDocument } from '../../src/views/podJson.ts';
import { until } from '../commands/agent.ts';
import { registryProbe } from '../commands/command.ts';
import { makeRefusedSecret, type RefusedSecret } from './refusedSecret.ts';

let refused: RefusedSecret;

beforeAll(async () => {
	refused = await makeRefusedSecret(inject('programs'), 2);
}, 180_000);

afterAll(async () => {
	await refused[Symbol.asyncDispose]();
});

function explain(pod: string, ...args: readonly string[]) {
	const { kubeconfig } = refused.world.plane.access;
	return registryProbe(['explain', pod, '--kubeconfig', kubeconfig, ...args], { LANG: 'C.UTF-8' });
}

test('a real agent tells a person far away which secret is refused, and what to do', async () => {
	let document: ExplainPodDocument | undefined;
	const probed = async () => {
		document = JSON.parse((await explain(refused.pod, '--output', 'json')).stdout) as ExplainPodDocument;
		return document.explanations[0]?.explained === 'image';
	};
	await until(probed, () => JSON.stringify(document), 60);
	expect(document).toMatchObject({
		node: 'node-a',
		agent: { state: 'answered' },
		explanations: [
			{ cause: 'credentials', reason: 'auth_rejected', pullSecrets: [{ name: 'regcred', success: false }] },
		],
		elsewhere: [{ registry: refused.host, others: 2, working: 2 }],
	});
	const { code, stdout } = await explain(refused.pod);
	expect(code).toBe(1);
	expect(stdout).toContain('the pull secret team/regcred is rejected');
	expect(stdout).toMatch(/kubectl -n team\s+create secret docker-registry regcred/);
	for (const password of refused.passwords) expect(stdout + JSON.stringify(document)).not.toContain(password);
}, 120_000);

test('a pod that runs is well, and the agent says so', async () => {
	await refused.world.createPod('well', { image: refused.image });
	const { code, stdout } = await explain('team/well');
	expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('no container waits') });
});
