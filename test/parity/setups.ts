import { authSetups } from './setupsAuth.ts';
import { contentSetups } from './setupsContent.ts';
import { httpSetups } from './setupsHttp.ts';
import { mirrorSetups } from './setupsMirror.ts';
import { proxySetups } from './setupsProxy.ts';
import { reachSetups } from './setupsReach.ts';
import { tlsSetups } from './setupsTls.ts';
import type { Setup } from './site.ts';

/** The servers of the recorded scenarios, by name. */
export const setups: Readonly<Record<string, Setup>> = {
	...authSetups,
	...contentSetups,
	...httpSetups,
	...mirrorSetups,
	...proxySetups,
	...reachSetups,
	...tlsSetups,
};
