import { BlockList, isIPv4, isIPv6 } from 'node:net';

import { readHostPort } from '../../registry/hostPort.ts';

/** CRI-O up to 1.34 adds it to `insecure_registries` by itself. */
const loopback = '127.0.0.0/8';

/**
 * Whether CRI-O up to 1.34 asks for an image without verifying certificates because of `insecure_registries` in
 * crio.conf, at all hosts that it tries for it
 * (https://github.com/cri-o/cri-o/blob/v1.34.0/internal/storage/image.go): the list names the image's registry as it is
 * written, or a network that its address lies in. CRI-O looks the address of a name up; here only addresses, and
 * `localhost`, are known to lie in a network.
 */
export function isInsecureByList(domain: string, list: readonly string[]): boolean {
	if (list.includes(domain)) return true;
	const hostname = readHostPort(domain)?.hostname ?? '';
	const address = hostname === 'localhost' ? '127.0.0.1' : hostname;
	const family = isIPv4(address) ? 'ipv4' : isIPv6(address) ? 'ipv6' : undefined;
	return family !== undefined && [...list, loopback].some((entry) => networkOf(entry)?.check(address, family));
}

function networkOf(entry: string): BlockList | undefined {
	const [, address = '', digits] = /^([\da-f.:]+)\/(\d{1,3})$/i.exec(entry) ?? [];
	const family = isIPv4(address) ? 'ipv4' : isIPv6(address) ? 'ipv6' : undefined;
	const bits = Number(digits);
	if (family === undefined || bits > (family === 'ipv4' ? 32 : 128)) return undefined;
	const network = new BlockList();
	network.addSubnet(address, bits, family);
	return network;
}
