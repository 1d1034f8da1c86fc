import type { NodeHost } from './nodeHost.ts';

/** Takes IPv4 from a node, its loopback address included, until the result is disposed of. */
export async function withoutIPv4({ namespace, v4, defaultRoutes }: NodeHost): Promise<AsyncDisposable> {
	// The others go with the first.
	await namespace.ip(`address del ${v4[0]}/28 dev eth0`, 'address del 127.0.0.1/8 dev lo');
	const giveBack = async () => {
		const addresses = v4.map((address) => `address add ${address}/28 dev eth0`);
		await namespace.ip('address add 127.0.0.1/8 dev lo', ...addresses, ...defaultRoutes);
	};
	return { [Symbol.asyncDispose]: giveBack };
}

/** Takes IPv6 from a node, its loopback address included, until the result is disposed of. */
export async function withoutIPv6({ namespace, v6, defaultRoutes }: NodeHost): Promise<AsyncDisposable> {
	const setting = (value: number) => `net.ipv6.conf.all.disable_ipv6=${value}`;
	await namespace.sysctl(setting(1));
	const giveBack = async () => {
		await namespace.sysctl(setting(0));
		const addresses = v6.toReversed().map((address) => `address add ${address}/64 dev eth0 nodad`);
		await namespace.ip(...addresses, ...defaultRoutes);
	};
	return { [Symbol.asyncDispose]: giveBack };
}
