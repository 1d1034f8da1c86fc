import { once } from 'node:events';
import { join } from 'node:path';
import { Host, makeRouter } from '../../test/netns/host.ts';
import { Namespaces } from '../../test/netns/namespace.ts';
import type { Namespace } from '../../test/netns/namespace.ts';

/** Two hosts, each in a network namespace of its own, and a link with delay between them. */
export interface Link extends AsyncDisposable {
	/** Where agent and peer run. */
	readonly near: Namespace;
	/** Where the servers run. */
	readonly far: Namespace;
	/** The address of the far end. */
	readonly address: string;
	/** The near end's network interface. */
	readonly device: string;
}

/** The round trip over the link, in milliseconds; timers and processes on the way add some. */
export const roundTrip = 50;

const device = 'wan';
/** Addresses that are kept for documentation, apart from those of the hosts themselves. */
const addressOf = (end: number) => `203.0.113.${end}`;

/** Makes the link. All of it goes when it is disposed of, or when this process ends. Rejects where the kernel has no VXLAN. */
export async function makeLink(): Promise<Link> {
	await using stack = new AsyncDisposableStack();
	const namespaces = stack.use(new Namespaces());
	const router = await makeRouter(namespaces);
	const near = new Host(await namespaces.make('near'), 'near', 1);
	const far = new Host(await namespaces.make('far'), 'far', 2);
	for (const [at, host] of [near, far].entries()) {
		await host.plugInto(router);
		const tunnel = `type vxlan id 1 local ${host.v4[0]} remote ${host.gateway.v4} dstport 4789 nolearning`;
		await host.namespace.ip(
			`link add ${device} ${tunnel}`,
			`address add ${addressOf(at + 1)}/30 dev ${device}`,
			// Packets of their true size, as on a wire, so that a capture shows them and a tunnel can carry them.
			`link set ${device} gso_max_segs 1 up`,
		);
	}
	const ends = [near, far].flatMap((host) => [host.gateway.v4, host.v4[0]]);
	const words = [join(import.meta.dirname, 'relay.ts'), String(roundTrip / 2), ...ends];
	const relay = router.spawn(process.execPath, words, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
	stack.defer(async () => {
		const ended = once(relay, 'exit');
		relay.disconnect();
		await ended;
	});
	await once(relay, 'message');
	const owned = stack.move();
	const dispose = async () => await owned.disposeAsync();
	return { near: near.namespace, far: far.namespace, address: addressOf(2), device, [Symbol.asyncDispose]: dispose };
}
