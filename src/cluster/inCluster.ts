import { constants, existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';

import { Secret } from '../registry/secret.ts';
import type { ApiAccess } from './access.ts';
import { ApiFailure } from './apiFailure.ts';
import type { Concealing } from './concealing.ts';

const mostTokenBytes = 64 * 1024;
const mostCaBytes = 1024 * 1024;
/** An answer may still be under way when the kubelet replaces the token. */
const mostTokens = 2;

/**
 * The API server as a pod finds it (https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/): its address
 * from the environment, token and CA from the directory of the service account. Undefined where this is no pod, or one
 * without a token.
 *
 * These few lines stand in place of the KubeConfig of @kubernetes/client-node, which would add 20 MB to an agent on every
 * node: in a pod there is nothing more to it.
 */
export function inClusterAccess(
	environment: Readonly<Record<string, string | undefined>>,
	directory: string,
	concealing: Concealing,
): ApiAccess | undefined {
	const server = serverIn(environment);
	const token = join(directory, 'token');
	if (!server || !existsSync(token)) return undefined;
	let shown: readonly Secret[] = [];
	return {
		server,
		async identity() {
			const fresh = new Secret(tokenIn(await readText(token, mostTokenBytes)));
			shown = [fresh, ...shown.filter((other) => other.reveal() !== fresh.reveal())].slice(0, mostTokens);
			return { token: fresh, ca: await readText(join(directory, 'ca.crt'), mostCaBytes) };
		},
		conceal: (text, also = []) => concealing([...shown.map((one) => one.reveal()), ...also])(text),
	};
}

function serverIn(environment: Readonly<Record<string, string | undefined>>): URL | undefined {
	const { KUBERNETES_SERVICE_HOST: host = '', KUBERNETES_SERVICE_PORT: port = '' } = environment;
	if (host === '' || !/^\d{1,5}$/.test(port)) return undefined;
	return URL.parse(`https://${host.includes(':') ? `[${host}]` : host}:${port}`) ?? undefined;
}

/** A header bears nothing else, and Node's own words about that would not say which file is to blame. */
function tokenIn(text: string): string {
	const token = text.trim();
	if (!/^[!-~]+$/.test(token)) throw new ApiFailure('the token file of the service account holds no token');
	return token;
}

/** A link is followed each time: a new token comes by a link that leads elsewhere. */
async function readText(path: string, most: number): Promise<string> {
	try {
		await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
		const { bytesRead, buffer } = await file.read(Buffer.alloc(most + 1));
		if (bytesRead > most) throw new ApiFailure(`${path} has more than ${most} bytes`);
		return buffer.toString('utf8', 0, bytesRead);
	} catch (error) {
		if (error instanceof ApiFailure) throw error;
		const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
		throw new ApiFailure(`${path} cannot be read: ${code}`);
	}
}
