import { expect, test } from 'vitest';
import { readMessage } from '../../../../src/explain/readMessage.ts';
import { login } from '../registries.ts';
import { isCalm } from '../seen.ts';
import { type Here, nodesOf } from '../suite.ts';
import { complaint, createPod, createSecret, runs } from '../team.ts';

/** What is wrong with pods, while every path works. */
export function images(here: Here): void {
	test('a tag that is not there is the fault of its pod, and turns no path red', async () => {
		const cluster = here();
		const [a] = nodesOf(cluster);
		await createPod(cluster, { name: 'typo', node: a, image: 'registry.test/team/app:l' });
		const { message = '' } = await complaint(cluster, 'typo');
		expect(readMessage(message)).toMatchObject({ reason: 'manifest_not_found' });
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
		await isCalm(cluster);
	});
}
