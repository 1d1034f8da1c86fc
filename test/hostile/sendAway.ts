import type { Override } from '../fakes/http.ts';
import { attempt, makeWorld, names, verdict } from '../probe/world.ts';
import { forbidden, forbiddenNames, type Namer, namers } from './forbidden.ts';

/**
 * A program for a network namespace: a registry at 192.0.2.1 that names every forbidden address in every place where it
 * can name a host. Prints a JSON object, for each place and address what an attempt said.
 */
const address = '192.0.2.1';
let namer: Namer = 'realm';
let url = '';

const sendsOn: Override = ({ path, headers }) => {
	const open = namer === 'realm' ? undefined : headers.authorization;
	if (namer === 'realm') {
		return { status: 401, headers: { 'www-authenticate': `Bearer realm="${url}",service="registry.test"` } };
	}
	const place = path.includes('/blobs/') ? 'blob' : path === '/token' ? 'token' : 'manifest';
	if (place !== namer || (place !== 'token' && open === undefined)) return undefined;
	return { status: 307, headers: { location: url } };
};

await using world = await makeWorld({
	registry: { address, respond: sendsOn },
	token: { address, respond: (request) => (namer === 'token' ? sendsOn(request) : undefined) },
	blob: { address },
});
for (const name of Object.values(names)) world.answers[name] = { A: [address] };
Object.assign(world.answers, forbiddenNames);

const said: Record<string, string> = {};
for (const place of Object.keys(namers) as Namer[]) {
	namer = place;
	for (const [at, [title, host]] of Object.entries(forbidden).entries()) {
		url = `${at % 2 === 0 ? 'http' : 'https'}://${host}/latest/meta-data`;
		said[`${place}: ${title}`] = verdict(await attempt(world.node, { ...world.target, timeout: 1 }));
	}
}
process.stdout.write(JSON.stringify(said));
