import { expect, test } from 'vitest';

import { type PullSecret, readPullSecret } from '../../src/cluster/pullSecret.ts';
import { createPullSecrets } from '../../src/cluster/pullSecrets.ts';
import type { PodFacts } from '../../src/cluster/pod.ts';
import { secretUses } from '../../src/commands/secretUses.ts';
import { formatReference } from '../../src/registry/reference.ts';
import { podWith } from '../cluster/pods.ts';
import { aSecret, secretOf } from '../cluster/secrets.ts';

const secrets: Readonly<Record<string, object>> = {
	one: aSecret('one', { 'a.example': 'one:x', 'b.example': 'one:x' }),
	two: aSecret('two', { 'a.example/team': 'two:x', 'a.example': 'three:x' }),
	opaque: secretOf('opaque', 'Opaque', 'x', 'x'),
};
const read = (_: string, name: string): Promise<PullSecret> =>
	Promise.resolve(secrets[name] ? readPullSecret(secrets[name]) : { fault: 'secret_not_found' });
const pullSecrets = createPullSecrets(() => ['default', 'shop'], read);

async function uses(...pods: readonly PodFacts[]): Promise<readonly string[]> {
	const found = await secretUses(pods, pullSecrets);
	return found.map(({ registry, namespace, secret, image, login, fault }) => {
		return [registry, `${namespace}/${secret}`, login?.username ?? fault, formatReference(image)].join(' ');
	});
}

test('each login of each registry is there once, however many pods have it', async () => {
	const pods = ['p', 'q'].map((name) => podWith(['a.example/x:1', 'b.example/y:1'], { name, pullSecrets: ['one'] }));
	expect(await uses(...pods)).toEqual([
		'a.example default/one one a.example/x:1',
		'b.example default/one one b.example/y:1',
	]);
});

test('namespaces are told apart', async () => {
	const pods = ['default', 'shop', 'bank'].map((namespace) =>
		podWith(['a.example/x:1'], { namespace, uid: namespace, pullSecrets: ['one'] }),
	);
	expect(await uses(...pods)).toEqual([
		'a.example default/one one a.example/x:1',
		'a.example shop/one one a.example/x:1',
	]);
});

test('an image that the runtime has stands for the others', async () => {
	const parts = { pullSecrets: ['one'] };
	const pods = [podWith(['!a.example/typo:1'], parts), podWith(['a.example/x:1'], parts)];
	expect(await uses(...pods)).toEqual(['a.example default/one one a.example/x:1']);
});

test('several logins of one secret are each there', async () => {
	expect(await uses(podWith(['a.example/team/x:1'], { pullSecrets: ['two'] }))).toEqual([
		'a.example default/two two a.example/team/x:1',
		'a.example default/two three a.example/team/x:1',
	]);
});

test('what is wrong with a secret is told for each registry of its pod', async () => {
	const pod = podWith(['a.example/x:1', 'b.example/x:1'], { pullSecrets: ['gone', 'opaque', 'one'] });
	expect(await uses(pod)).toEqual([
		'a.example default/one one a.example/x:1',
		'a.example default/gone secret_not_found a.example/x:1',
		'a.example default/opaque secret_wrong_type a.example/x:1',
		'b.example default/one one b.example/x:1',
		'b.example default/gone secret_not_found b.example/x:1',
		'b.example default/opaque secret_wrong_type b.example/x:1',
	]);
});

test('a secret without an entry counts only where the image does not come and no other secret has one', async () => {
	const image = 'c.example/x:1';
	const waiting = [{ container: 'x', image, reason: 'ImagePullBackOff', message: '' }];
	expect(await uses(podWith([image], { pullSecrets: ['one'] }))).toEqual([]);
	expect(await uses(podWith([`!${image}`], { pullSecrets: ['one'], waiting }))).toEqual([
		`c.example default/one secret_no_entry ${image}`,
	]);
	const served = [{ container: 'x', image: 'a.example/x:1', reason: 'ErrImagePull', message: '' }];
	expect(await uses(podWith(['!a.example/x:1'], { pullSecrets: ['two', 'gone'], waiting: served }))).toHaveLength(2);
});

test('pods without secrets, and images that no runtime would take, have no use', async () => {
	expect(await uses(podWith(['a.example/x:1']), podWith(['A B'], { pullSecrets: ['one'] }))).toEqual([]);
});
