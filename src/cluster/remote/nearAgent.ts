import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

import { asFailure } from '../apiFailure.ts';
import { documentOver } from './document.ts';

/** A document of an agent that can be reached directly, over TLS where its URL says so. Throws `ApiFailure`; the signal ends it. */
export async function askNearAgent(agent: URL, path: string, signal: AbortSignal): Promise<unknown> {
	const secure = agent.protocol === 'https:';
	return await documentOver(await reached(agent, signal), path, { host: agent.host, secure }, signal);
}

async function reached({ hostname, port, protocol }: URL, signal: AbortSignal): Promise<Socket> {
	const usual = protocol === 'https:' ? 443 : 80;
	const socket = connect({ host: hostname.replace(/^\[(.*)\]$/, '$1'), port: port === '' ? usual : Number(port) });
	try {
		await once(socket, 'connect', { signal });
		return socket;
	} catch (error) {
		socket.destroy();
		throw asFailure(error);
	}
}
