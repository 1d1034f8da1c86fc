import { expect, test } from 'vitest';
import { readMessage } from '../../../../src/explain/readMessage.ts';
import { team } from '../names.ts';
import { login } from '../registries.ts';
import { agentOf, isCalm } from '../seen.ts';
import { type Here, nodesOf } from '../suite.ts';
import { complaint, createPod, createSecret, runs } from '../team.ts';
import { isTold } from '../told.ts';

/** What is wrong with pods, while every path works. */
export function images(here: Here): void {
	test('a tag that is not there is the fault of its pod, and turns no path red', async () => {
		const cluster = here();
		const [a] = nodesOf(cluster);
		await createPod(cluster, { name: 'typo', node: a, image: 'registry.test/team/app:l' });
		const { message = '' } = await complaint(cluster, 'typo');
		expect(readMessage(message)).toMatchObject({ reason: 'manifest_not_found' });
		const as = { cause: 'image', explained: 'image', reason: 'manifest_not_found' } as const;
		await isTold(cluster, { pod: 'typo', node: a, as });
		await isCalm(cluster);
	});

	test('a secret with a wrong password fails on the node of its pod, a right one elsewhere does not', async () => {
		const cluster = here();
		const [, b, c] = nodesOf(cluster);
		const image = 'private.test/team/app:1';
		await createSecret(cluster, 'old', 'private.test', { ...login, password: 'of last year' });
		await createSecret(cluster, 'new', 'private.test', login);
		await createPod(cluster, { name: 'refused', node: b, image, secret: 'old' });
		await createPod(cluster, { name: 'welcome', node: c, image, secret: 'new' });
		await runs(cluster, 'welcome');
		const { message = '' } = await complaint(cluster, 'refused');
		expect(readMessage(message)).toMatchObject({ reason: 'auth_rejected', role: 'token', host: 'auth.test' });
		const as = { cause: 'credentials', explained: 'image', reason: 'auth_rejected' } as const;
		const { pullSecrets } = await isTold(cluster, { pod: 'refused', node: b, as });
		expect(pullSecrets).toMatchObject([{ name: 'old', success: false, reason: 'auth_rejected' }]);
		const secret = { registry: 'private.test', namespace: team, secret: 'new' };
		expect(await agentOf(c).value('pull_secret_success', secret)).toBe(1);
		await isCalm(cluster);
	});
}
