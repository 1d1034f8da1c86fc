import { ofKubelet, waiting } from './catalogue/kubelet.ts';
import { lures } from './catalogue/lures.ts';
import { cutNodes, cutZones, proxies, routes } from './catalogue/node.ts';
import { images, limits, logins } from './catalogue/people.ts';
import { answers, layers, ofCrio, reach, tokens, waits } from './catalogue/registry.ts';
import { twoAtOnce } from './catalogue/two.ts';
import type { Incident, WorldPlan } from './incident.ts';

/** The nodes on which all incidents happen: of several runtimes, since each has words of its own. */
export const worlds: readonly WorldPlan[] = [
	{ name: 'answers', runtime: 'containerd 2.4.2', incidents: [...answers, ...waits, ...limits] },
	{ name: 'layers', runtime: 'containerd 2.2.9', incidents: [...layers, ...tokens] },
	{ name: 'reach', runtime: 'containerd 1.7.35', incidents: [...reach, ...routes] },
	{ name: 'people', runtime: 'CRI-O 1.37.0', incidents: [...images, ...ofKubelet, ...ofCrio] },
	{ name: 'logins', runtime: 'containerd 2.4.2', incidents: logins },
	{ name: 'two', runtime: 'containerd 2.4.2', incidents: twoAtOnce },
	{ name: 'waiting', runtime: 'containerd 2.4.2', incidents: waiting },
	...cutNodes,
	...cutZones,
	...proxies,
	...lures,
];

export const incidents: readonly Incident[] = worlds.flatMap((world) => world.incidents);
