import { expect, test } from 'vitest';

import { labelsOf } from '../../src/plan/hostLabel.ts';
import { parseReference } from '../../src/registry/image.ts';
import { routeOf, urls, withHosts } from './containerd/facts.ts';

const split = 'https://robot:12/planted@m.test';
const route = () => routeOf({ files: withHosts(`[host."${split}"]\n[host."${split}/hub"]\n`) });

test('hosts whose password has a slash have labels of their own, without it', async () => {
	const { hosts } = await route();
	expect(labelsOf(hosts, parseReference('registry.example/team/app:1'))).toEqual([
		'robot:12/REDACTED',
		'robot:12/REDACTED#2',
		'registry.example',
	]);
});

test('they are asked as the runtime asks them', async () => {
	const { hosts } = await route();
	expect(urls(hosts).slice(0, 2)).toEqual([`${split}/v2`, `${split}/hub/v2`]);
});

test('the slip is told with its line', async () => {
	const { faults } = await route();
	expect(faults).toMatchObject([
		{ line: 1, fault: 'setting_invalid', detail: expect.stringContaining('not percent-encoded: write / as %2F') },
		{ line: 2, fault: 'setting_invalid' },
	]);
});

test('a rewritten repository shows no login either', async () => {
	const [host] = (await route()).hosts;
	if (!host) throw new Error('no host');
	const image = parseReference('registry.example/team/app:1');
	const twice = [{ ...host, root: '/v2', repository: 'robot:planted@m/team/app' }, host];
	expect(labelsOf(twice, image)).toEqual(['robot:12/REDACTED', 'robot:12/REDACTED#2']);
});
