import type { Concealing } from '../cluster/concealing.ts';
import { Secrets } from '../probe/secrets.ts';

/** Looks for what probes look for in the answers of registries: the API server and Prometheus can say it back as well. */
export const concealing: Concealing = (shown) => {
	const secrets = new Secrets();
	// Of one that begins like another, the rest would stay.
	for (const secret of shown.toSorted((a, b) => b.length - a.length)) secrets.add(secret);
	return (text) => secrets.conceal(text);
};
