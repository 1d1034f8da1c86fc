import { mismatch } from '../manifest/content.ts';
import type { Deadline } from '../deadline.ts';
import type { Answer, Body } from '../http/answer.ts';
import { bodyFailure } from '../http/bodyFailure.ts';
import { type ContentRange, readContentRange } from '../http/contentRange.ts';
import { Journey } from '../http/journey.ts';
import { errorOf, errorTextOf, factsOf, isHtml, noteWait, statusFailure } from '../judge.ts';
import type { Facts } from '../observation.ts';
import { commonHeaders, objectUrl } from '../request.ts';
import type { Scene } from '../scene.ts';
import { ProbeFailure, type Measure, type Stage } from '../stage.ts';
import { clockSkew } from './clockSkew.ts';
import type { Admission } from '../manifest/asking.ts';

interface Input {
	readonly scene: Scene;
	readonly admission: Admission;
	readonly digest: string;
	/** Upper bound of what is read. */
	readonly bytes: number;
	readonly time: Deadline;
}

/** Fewer bytes say nothing about speed. */
const leastForSpeed = 16 * 1024;

const speed: Measure = {
	metric: 'blob_bytes_per_second',
	help: 'Speed of the bytes of a layer; absent when fewer than 16 KiB were read.',
	labels: ['host'],
	samples({ facts }) {
		const value = facts?.['bytesPerSecond'];
		return typeof value === 'number' ? [{ labels: {}, value }] : [];
	},
};

/** The first bytes of a layer, from wherever the registry sends the request. */
export const blob: Stage<Input, void> = {
	name: 'blob',
	measures: [speed, clockSkew],
	async run({ scene, admission, digest, bytes, time }) {
		const { target } = scene.at;
		const headers = { ...commonHeaders(target), range: `bytes=0-${bytes - 1}` };
		const url = objectUrl(target, 'blobs', digest);
		const { authorization, presented } = admission;
		const journey = new Journey(scene, {
			url,
			method: 'GET',
			role: 'registry',
			awayRole: 'blob',
			headers,
			authorization,
		});
		const answer = await journey.go(time);
		const { place } = journey;
		const facts = { digest, ...factsOf(answer), ...(journey.redirects.length > 0 && { redirects: journey.redirects }) };
		if (answer.status === 404 && target.blob?.byDefault) {
			scene.at.note('manifest', { blobSkipped: `the registry no longer knows the default layer ${digest}` });
			return { value: undefined, facts, omitted: true };
		}
		if (answer.status !== 200 && answer.status !== 206) await refused(scene, answer, journey, presented, time);
		if (isHtml(answer))
			throw new ProbeFailure('http_intercepted', 'a page came where a layer was due', facts, { place });
		const range = rangeOf(answer);
		if (range && range.first !== 0) {
			const told = `the bytes from ${range.first} on came, those from 0 on were asked for`;
			throw new ProbeFailure('http_protocol_error', told, facts, { place });
		}
		const body = await answer.body(bytes, time.remaining());
		return { value: undefined, facts: { ...facts, ...read(body, answer, digest, place) }, place };
	},
};

async function refused(
	scene: Scene,
	answer: Answer,
	journey: Journey,
	shown: Admission['presented'],
	time: Deadline,
): Promise<void> {
	const { place } = journey;
	const text = await errorTextOf(answer, time);
	noteWait(scene.at, answer, text);
	const presented = journey.shown(shown);
	const failure = statusFailure({
		answer,
		place,
		presented,
		shown: true,
		due: 'blob',
		error: errorOf(scene.at, text),
		text,
	});
	if (failure) throw failure;
}

/** Judges what arrived. Throws `ProbeFailure` `body_*`, `connection_reset`, `digest_mismatch`. */
function read(body: Body, answer: Answer, digest: string, place: ReturnType<() => Journey['place']>): Facts {
	const length = body.bytes.length;
	const { bytesPerSecond } = body;
	const facts = { bytes: length, ...(length >= leastForSpeed && bytesPerSecond && { bytesPerSecond }) };
	const failure = body.end === 'cut' ? undefined : bodyFailure(body);
	if (failure) throw new ProbeFailure(failure.reason, failure.message, facts, { place });
	const last = rangeOf(answer)?.last;
	if (body.end === 'complete' && last !== undefined && length <= last) {
		const told = `${length} bytes came, the answer says that it holds ${last + 1}`;
		throw new ProbeFailure('body_truncated', told, facts, { place });
	}
	if (!isWhole(body, answer)) return facts;
	const wrong = mismatch(body.bytes, digest);
	if (wrong) throw new ProbeFailure('digest_mismatch', `the layer has the digest ${wrong}`, facts, { place });
	return { ...facts, verified: true };
}

/** Which part of the layer a 206 says that it holds. */
function rangeOf(answer: Answer): ContentRange | undefined {
	return answer.status === 206 ? readContentRange(answer.header('content-range')) : undefined;
}

/** All of the layer was read, as it is stored: only then can its digest be held against the bytes. */
function isWhole({ bytes, end }: Body, answer: Answer): boolean {
	if (/\S/.test((answer.header('content-encoding') ?? '').replace(/identity/i, ''))) return false;
	const size = answer.status === 206 ? rangeOf(answer)?.size : answer.header('content-length');
	if (size !== undefined) return bytes.length === Number(size);
	return answer.status === 200 && end === 'complete';
}
