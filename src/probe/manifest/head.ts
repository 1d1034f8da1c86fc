import { isDigest } from '../../registry/digest.ts';
import { maximumManifestBytes } from '../../registry/manifest.ts';
import { isManifestType, isSchema1Type } from '../../registry/mediaType.ts';
import type { HeaderLookup, RateLimit } from '../../registry/ratelimit.ts';
import { printable } from '../../registry/redact.ts';
import { type Answer, mediaTypeOf } from '../http/answer.ts';
import { isHtml } from '../judge.ts';
import type { Facts } from '../observation.ts';
import { ProbeFailure } from '../stage.ts';

/** What the head of an answer says about the manifest; everything from outside is made printable. */
export function headFacts(answer: Pick<Answer, 'status' | 'header'>, ratelimit: RateLimit): Facts {
	const digest = answer.header('docker-content-digest');
	const length = Number(answer.header('content-length') ?? Number.NaN);
	return {
		...(answer.status === 200 && { mediaType: printable(mediaTypeOf(answer), 100) }),
		...(digest !== undefined && { digest: printable(digest, 200) }),
		...(answer.status === 200 && Number.isSafeInteger(length) && { bytes: length }),
		...(Object.values(ratelimit).some((value) => value !== undefined) && { ratelimit }),
	};
}

/** Whether what was answered with 200 is a manifest. Throws `ProbeFailure` `http_intercepted` or `manifest_invalid`. Gives its digest, where the header tells it. */
export function acceptHead(answer: Answer, told: HeaderLookup): string | undefined {
	const type = answer.header('content-type');
	const refuse = (detail: string) => new ProbeFailure('manifest_invalid', detail);
	if (isHtml(answer)) throw new ProbeFailure('http_intercepted', 'a page came where a manifest was due');
	if (isSchema1Type(type)) throw refuse('the manifest is of schema 1 or has no type, which no runtime takes any more');
	if (!isManifestType(type))
		throw refuse(`no manifest has the type ${printable(mediaTypeOf({ header: told }), 80) || '(none)'}`);
	if (Number(answer.header('content-length') ?? 0) > maximumManifestBytes)
		throw refuse('the manifest is larger than 4 MiB');
	const digest = answer.header('docker-content-digest');
	if (digest !== undefined && !isDigest(digest)) throw refuse('the header Docker-Content-Digest is not a digest');
	return digest;
}
