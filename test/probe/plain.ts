import type { Target } from '../../src/plan/target.ts';
import type { HttpServer } from '../fakes/http.ts';
import { makeImage } from '../fakes/image.ts';
import { makeNode, type Node, type NodeOptions } from '../fakes/node.ts';
import { startRegistry, type RegistryOptions } from '../fakes/registry.ts';
import { names, targetAt } from './world.ts';

/** An open registry, in plain HTTP unless `tls` is wished for: enough where tokens and other hosts are not the theme. */
export interface Plain extends AsyncDisposable {
	readonly registry: HttpServer;
	/** Its target under the name of `names.registry`; with short limits. */
	target(change?: Partial<Target>): Target;
	/** A node of this registry's own; disposed of with it. */
	node(options?: NodeOptions): Promise<Node>;
}

export async function makePlain(options: RegistryOptions = {}): Promise<Plain> {
	const stack = new AsyncDisposableStack();
	const registry = stack.use(await startRegistry({ images: { 'team/app': { 1: makeImage() } }, ...options }));
	const endpoint = { scheme: registry.scheme, hostname: names.registry, port: registry.port };
	const owned = stack.move();
	return {
		registry,
		target: (change) => targetAt(change?.endpoint ?? endpoint, { timeout: 0.6, ...change }),
		node: async (wish = {}) => owned.use(await makeNode({ hosts: { [names.registry]: '127.0.0.1' }, ...wish })),
		[Symbol.asyncDispose]: () => owned.disposeAsync(),
	};
}
