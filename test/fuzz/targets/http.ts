import { type Duplex, duplexPair } from 'node:stream';

import { mediaTypeOf } from '../../../src/probe/http/answer.ts';
import { bodyFailure } from '../../../src/probe/http/bodyFailure.ts';
import { Connection } from '../../../src/probe/http/connection.ts';
import { Deadline } from '../../../src/probe/deadline.ts';
import { ProbeFailure } from '../../../src/probe/stage.ts';
import { readChallenge } from '../../../src/registry/challenge.ts';
import { gist, must, mustPrint } from '../contract.ts';
import type { Target } from '../target.ts';

const endpoint = { scheme: 'http', hostname: 'registry.test', port: 80 } as const;
const request = { path: '/v2/a/manifests/1', headers: { host: 'registry.test' } };
const never = new AbortController().signal;
/** Seconds. Every input is all that comes: nothing has to be waited for. */
const limit = 5;

/** All of the input comes at once, or a byte alone before the rest, and then the connection ends. */
async function check(input: Buffer): Promise<readonly string[]> {
	return [await ask(input, 'HEAD', 0), await ask(input, 'GET', 1), await ask(input, 'GET', 9)];
}

async function ask(input: Buffer, method: 'GET' | 'HEAD', cut: number): Promise<string> {
	const [near, far] = duplexPair();
	far.resume();
	const connection = new Connection(endpoint, near);
	try {
		const sent = connection.send({ ...request, method }, new Deadline(limit), never);
		speak(far, input, cut);
		const answer = await sent;
		must(answer.status >= 200 && answer.status <= 999, `status ${answer.status}`);
		const challenge = readChallenge(answer.lines('www-authenticate'));
		const { bytes, end } = await answer.body(1000, limit);
		must(bytes.length <= 1000, `${bytes.length} bytes of a body`);
		const failure = bodyFailure({ bytes, end });
		if (failure) mustPrint(failure.message, 200);
		must(!mediaTypeOf(answer).includes(';'), 'a media type with parameters');
		return `${method} ${end} ${challenge?.scheme} ${Math.floor(answer.status / 100)}`;
	} catch (error) {
		if (!(error instanceof ProbeFailure)) throw error;
		mustPrint(error.message, 200);
		must(error.reason !== 'http_timeout', 'an answer that has ended is waited for');
		return `${method} ${error.reason} ${gist(error.message)}`;
	} finally {
		await connection.close();
	}
}

function speak(far: Duplex, input: Buffer, cut: number): void {
	if (cut > 0 && input.length > cut) far.write(input.subarray(0, cut));
	far.end(cut > 0 && input.length > cut ? input.subarray(cut) : input);
}

export const target: Target = {
	name: 'http',
	source: 'src/probe/http/connection.ts, exchange.ts, informational.ts, failure.ts',
	writer: 'a registry, or who is on the way to it',
	shape: 'lines',
	most: 32 * 1024,
	seeds: [
		'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nDocker-Content-Digest: sha256:0\r\n\r\nhello',
		'HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer realm="https://a/t"\r\nWWW-Authenticate: Basic\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n',
		'HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 404 Not Found\r\nConnection: close\r\n\r\nx',
		'HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\nx',
		'HTTP/1.1 204 No Content\r\nTrailer: a\r\n\r\n',
	],
	words: [
		'HTTP/1.1 ',
		'HTTP/1.0',
		'200 OK',
		'100 Continue',
		'\r\n\r\n',
		'\r\n',
		'\n',
		'Content-Length: ',
		'Transfer-Encoding: chunked',
		'Connection: close',
		'Upgrade: x',
		'WWW-Authenticate: ',
		'Location: /',
		': ',
		'0\r\n\r\n',
		'ffffffff\r\n',
		' ',
		'\t',
		'101',
	],
	check,
};
