import type { Proxy } from '../../src/plan/target.ts';
import type { Observation } from '../../src/probe/observation.ts';
import { type Login, Secret } from '../../src/registry/secret.ts';
import { attempt, names, type World } from './world.ts';

/** Where a proxy finds the hosts of a world. */
export const hosts = Object.fromEntries(Object.values(names).map((name) => [name, '127.0.0.1']));
/** A login, as the node has it and as the proxy demands it. */
export const login: Login = { username: 'node', password: new Secret('planted-proxy-password') };
export const demanded = { user: 'node', password: 'planted-proxy-password' };
export const wrong: Login = { ...login, password: new Secret('another') };

export function proxyAt(scheme: Proxy['scheme'], port: number, hostname = '127.0.0.1'): Proxy {
	return { scheme, hostname, port, login: false, source: 'test' };
}

export interface Through {
	readonly proxy: Proxy;
	readonly login?: Login | undefined;
	readonly noProxy?: string;
	readonly timeout?: number;
}

/** One attempt on a world's registry through a proxy. */
export async function through(
	world: World,
	{ proxy, login: shown, noProxy = '', timeout = 2 }: Through,
): Promise<Observation> {
	const logins = shown ? { proxy: shown } : {};
	return await attempt(world.node, { ...world.target, proxy, noProxy, timeout }, { logins });
}
