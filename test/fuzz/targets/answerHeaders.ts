import { clockSkewOf, mediaTypeOf } from '../../../src/probe/http/answer.ts';
import { readContentRange } from '../../../src/probe/http/contentRange.ts';
import { destinationOf } from '../../../src/probe/http/location.ts';
import { refuseAsProxy } from '../../../src/probe/http/proxyAnswer.ts';
import { ProbeFailure } from '../../../src/probe/stage.ts';
import { isForeignLayerType, isManifestType, isSchema1Type } from '../../../src/registry/mediaType.ts';
import { rateLimitState, readRateLimit, shareLeft } from '../../../src/registry/ratelimit.ts';
import { printableUrl } from '../../../src/registry/redact.ts';
import { retryAfterSeconds } from '../../../src/registry/retryAfter.ts';
import { allowing, gist, must, mustPrint } from '../contract.ts';
import type { Target } from '../target.ts';

const now = Date.UTC(2026, 10, 21);
type Header = (name: string) => string | undefined;

/** `name: value` lines, as undici gives them: a character a byte. */
function headersOf(input: Buffer): Header {
	const lines = input.toString('latin1').split('\n');
	const pairs = lines.map((line) => {
		const at = line.indexOf(':');
		return [line.slice(0, Math.max(0, at)).toLowerCase(), line.slice(at + 1).trim()] as const;
	});
	const headers = new Map(pairs);
	return (name) => headers.get(name);
}

function check(input: Buffer): readonly string[] {
	const header = headersOf(input);
	const answer = { status: Number(header('status') ?? 301), header, receivedAt: now };
	return [limits(header), wait(header), ...place(answer), ...ranges(answer), proxy(answer)];
}

function limits(header: Header): string {
	const found = readRateLimit(header);
	const numbers = [found.limit, found.remaining, found.windowSeconds].filter((it) => it !== undefined);
	must(
		numbers.every((it) => Number.isSafeInteger(it) && it >= 0),
		'a limit that is no number of pulls',
	);
	if (found.source !== undefined) mustPrint(found.source, 64);
	must((shareLeft(found) ?? 0) >= 0, 'a share below nothing');
	return `limits ${Object.keys(found).join()} ${rateLimitState(found)}`;
}

function wait(header: Header): string {
	const seconds = retryAfterSeconds(header('retry-after'), now, header('body'));
	must(seconds === undefined || (seconds >= 0 && seconds <= 3600), `a wait of ${seconds}`);
	return `wait ${seconds === undefined ? 'none' : seconds > 0}`;
}

function place(answer: { status: number; header: Header }): readonly string[] {
	return ['https://r.example/v2/a/manifests/1', 'http://[2001:db8::1]:5000/'].map((base) => {
		const found = allowing(() => destinationOf(answer, base), ProbeFailure);
		if (found instanceof ProbeFailure) {
			mustPrint(found.message, 200);
			return `place ${gist(found.message)}`;
		}
		must(/^https?:$/.test(found.protocol), `leads to ${found.protocol}`);
		must(found.username === '' && found.password === '' && found.hash === '', 'a login or fragment stays');
		mustPrint(printableUrl(found), 500);
		return `place ${found.protocol} ${found.port !== ''}`;
	});
}

function ranges(answer: { header: Header; receivedAt: number }): readonly string[] {
	const range = readContentRange(answer.header('content-range'));
	must(!range || [range.first, range.last, range.size ?? 0].every(Number.isSafeInteger), 'a range that is none');
	const { clockSkewSeconds } = clockSkewOf(answer);
	must(clockSkewSeconds === undefined || Number.isSafeInteger(clockSkewSeconds), 'a skew that is no number');
	const type = mediaTypeOf(answer);
	return [
		`range ${range !== undefined} ${range?.size !== undefined}`,
		`skew ${clockSkewSeconds !== undefined}`,
		`type ${isManifestType(type)} ${isSchema1Type(type)} ${isForeignLayerType(type)}`,
	];
}

function proxy({ status, header }: { status: number; header: Header }): string {
	const answer = { status, header } as unknown as Parameters<typeof refuseAsProxy>[0];
	const found = allowing(() => refuseAsProxy(answer), ProbeFailure);
	if (found) mustPrint(found.message, 120);
	return `proxy ${found?.reason}`;
}

export const target: Target = {
	name: 'answerHeaders',
	source:
		'src/registry/ratelimit.ts, retryAfter.ts, mediaType.ts; src/probe/http/location.ts, contentRange.ts, answer.ts, proxyAnswer.ts',
	writer: 'a registry, a token service, a proxy',
	shape: 'lines',
	seeds: [
		'ratelimit-limit: 100;w=21600\nratelimit-remaining: 76;w=21600\ndocker-ratelimit-source: 192.0.2.1\nretry-after: 30',
		'ratelimit: "default";r=50;t=30\nratelimit-policy: "default";q=100;w=60, "b";q=1;qu="bytes"\nretry-after: Sat, 21 Nov 2026 00:01:00 GMT',
		'ratelimit: limit=100, remaining=50, reset=30\nx-ratelimit-limit: 5\ndocker-ratelimit-source: 2001:db8:1:2::3/64',
		'location: https://cdn.example/b?sig=x#f\ndate: Sat, 21 Nov 2026 08:14:42 GMT\ncontent-type: application/vnd.oci.image.index.v1+json; a=b',
		'location: //user:pw@other:81/p\ncontent-range: bytes 0-499/1234\nstatus: 403\nx-squid-error: ERR_ACCESS_DENIED 0',
		'body: retry-after: 1m43.988\u00b5s, allowed: 44000/minute\nstatus: 407',
	],
	words: [
		'ratelimit',
		'ratelimit-limit',
		'ratelimit-remaining',
		'ratelimit-policy',
		'docker-ratelimit-source',
		'retry-after',
		'location',
		'date',
		'content-range',
		'content-type',
		'status',
		'x-squid-error',
		'body',
		';w=',
		';q=',
		';r=',
		'bytes ',
		'/*',
		'https://',
		'//',
		'[::1]',
		'javascript:',
		'application/vnd.docker.image.rootfs.foreign.x',
	],
	check,
};
