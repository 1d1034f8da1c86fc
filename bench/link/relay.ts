import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { fillChecksum } from './checksum.ts';

/**
 * Stands between the two ends of a tunnel (VXLAN, https://www.rfc-editor.org/rfc/rfc7348), in a process of its own, and
 * hands on each packet after a while: a link with delay for kernels that have no netem. Words: the milliseconds one way,
 * then for each end the address here that it sends to, and its own: `25 198.51.100.17 198.51.100.18 198.51.100.33 …`.
 */

/** Where VXLAN is spoken, by IANA. */
const port = 4789;
const vxlanHeader = 8;

const [delay = '', ...addresses] = process.argv.slice(2);
const [here = '', near = '', there = '', far = ''] = addresses;

async function socketAt(address: string) {
	const socket = createSocket('udp4');
	socket.bind(port, address);
	await once(socket, 'listening');
	// A burst of packets waits here, not in nowhere.
	socket.setRecvBufferSize(1 << 20);
	return socket;
}

const [nearSocket, farSocket] = await Promise.all([socketAt(here), socketAt(there)]);
const join = (from: typeof nearSocket, to: typeof nearSocket, address: string) =>
	from.on('message', (packet) => {
		// Timers of the same length fire in their order: no packet overtakes another.
		setTimeout(() => to.send(packet, port, address), Number(delay));
		fillChecksum(packet.subarray(vxlanHeader));
	});
join(nearSocket, farSocket, far);
join(farSocket, nearSocket, near);
process.on('disconnect', () => process.exit());
process.send?.('ready');
