import { expect, test } from 'vitest';

import { hasOlderGo } from '../../src/plan/olderGo.ts';
import { silentNode } from '../../src/plan/nodeRules.ts';
import { planTargets } from '../../src/plan/planTargets.ts';
import type { Runtime } from '../../src/plan/pullHost.ts';
import { configOf } from './settings.ts';

const containerd = (version: string): Runtime => ({ name: 'containerd', version });

test.each(['1.5.18', '1.6.20', '1.6.38'])('containerd %s was built with an older Go', (version) => {
	expect(hasOlderGo(containerd(version))).toBe(true);
	const targets = planTargets(configOf(), { ...silentNode, runtime: containerd(version) });
	expect(targets.map(({ olderGo }) => olderGo)).toEqual(targets.map(() => true));
});

test.each([
	containerd('1.7.35'),
	containerd('2.4.2'),
	containerd('unknown'),
	{ name: 'cri-o', version: '1.6.0' } as const,
])('%o was not', (runtime) => {
	expect(hasOlderGo(runtime)).toBe(false);
	expect(planTargets(configOf(), { ...silentNode, runtime })[0]).not.toHaveProperty('olderGo');
});
