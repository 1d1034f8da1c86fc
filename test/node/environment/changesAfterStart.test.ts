import { utimesSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { changesAfterStart } from '../../../src/node/environment/changesAfterStart.ts';
import { processesNamed } from '../../../src/node/runtime/processes.ts';
import { makeNode } from '../../fakes/node.ts';
import { startNamed } from '../runtime/mirrored.ts';

const bundle = '/etc/ssl/certs/ca-certificates.crt';
const what = 'the certificates that it has loaded';

test.each([
	['before', -60, 0],
	['after', 60, 1],
])('a bundle that was written %s the start of a real process', async (_name, seconds, count) => {
	using child = await startNamed('probed-runtime');
	const found = processesNamed('/', ['probed-runtime']).find(({ pid }) => pid === child.pid);
	await using node = await makeNode();
	const time = Date.now() / 1000 + seconds;
	utimesSync(join(node.root, bundle), time, time);
	const faults = changesAfterStart(node.root, found, [bundle, '/missing'], what);
	expect(faults).toHaveLength(count);
	for (const fault of faults) {
		expect(fault).toMatchObject({ file: bundle, fault: 'changed_after_start' });
		expect(fault.detail).toMatch(/^changed at 20\d\d-.*Z, after .* with the certificates that it has loaded until/);
	}
});

test('nothing is said when the time of the start is not known', async () => {
	await using node = await makeNode();
	expect(changesAfterStart(node.root, undefined, [bundle], what)).toEqual([]);
	expect(changesAfterStart(node.root, { pid: 1, arguments: [] }, [bundle], what)).toEqual([]);
});
