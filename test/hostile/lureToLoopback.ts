import { startHttp } from '../fakes/http.ts';
import { json } from '../fakes/reply.ts';
import { attempt, makeWorld, names, verdict } from '../probe/world.ts';

/**
 * A program for a network namespace: a registry at 192.0.2.1 whose name leads to loopback too, and which names a service
 * on the node's loopback for its token service. Prints what an attempt said, what the service was asked, and what the
 * registry was shown.
 */
const address = '192.0.2.1';
const mode = process.argv[2];

await using service = await startHttp({}, () => json(200, { access_token: 'canary-of-the-node-7f3a9c' }));
const realm = `Bearer realm="${service.origin()}/v1/credentials",service="x"`;
const lures = { respond: () => ({ status: 401, headers: { 'www-authenticate': realm } }) };
await using world = await makeWorld({
	registry: { ...lures, ...(mode !== 'local' && { address }) },
	token: { address },
	blob: { address },
});
world.answers[names.registry] = { A: mode === 'local' ? ['127.0.0.1'] : ['127.0.0.1', address] };
const said = verdict(await attempt(world.node, world.target));
const shown = world.registry.requests.map(({ headers }) => headers.authorization ?? '');
process.stdout.write(JSON.stringify({ said, asked: service.requests.length, shown }));
