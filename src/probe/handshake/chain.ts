import type { X509Certificate } from 'node:crypto';

import type { Reason } from '../../reasons/reason.ts';
import { printable } from '../../registry/redact.ts';
import type { Anchors } from './anchors.ts';
import { violates } from './constraints.ts';
import { constraintsOf, isSignedBy } from './known.ts';
import { nameFault } from './names.ts';

/** What a certificate is to a Go client. `notAfter` in seconds since the epoch. */
export type Verdict =
	| { readonly trusted: true; readonly notAfter: number }
	| { readonly trusted: false; readonly reason: Reason; readonly detail: string };

export interface Judging {
	readonly leaf: X509Certificate;
	readonly anchors: Anchors;
	/** A name or an address. */
	readonly hostname: string;
	readonly now: Date;
}

/** As many signatures as Go checks before it gives up (https://go.dev/src/crypto/x509/verify.go). */
const maximumSignatureChecks = 100;
const maximumSent = 100;
const serverAuth = '1.3.6.1.5.5.7.3.1';
const anyUsage = '2.5.29.37.0';

/**
 * Judges a chain as Go's x509.Certificate.Verify would. Of several faults the time comes first, then the name, then
 * trust. A trusted intermediate ends a chain; a stray certificate that the server sends beside it does not count.
 */
export function judgeChain({ leaf, anchors, hostname, now }: Judging): Verdict {
	const time = timeFault(leaf, now);
	if (time) return { trusted: false, reason: time, detail: timeDetail(leaf, time) };
	const name = nameFault(leaf, hostname);
	if (name) return { trusted: false, reason: 'tls_name_mismatch', detail: name };
	const search = new Search(anchors, sentWith(leaf), now);
	const chain = search.from([leaf]);
	if (!chain) return untrusted(leaf, search, new Search(anchors, sentWith(leaf), undefined), now);
	const usage = chain.find(
		({ keyUsage }) => keyUsage?.length && !keyUsage.some((oid) => oid === serverAuth || oid === anyUsage),
	);
	if (usage) return { trusted: false, reason: 'tls_untrusted', detail: `${nameOf(usage)} is not meant for servers` };
	return { trusted: true, notAfter: Math.min(...chain.map(({ validToDate }) => validToDate.getTime() / 1000)) };
}

function untrusted(leaf: X509Certificate, strict: Search, timeless: Search, now: Date): Verdict {
	const stale = timeless.from([leaf])?.find((certificate) => timeFault(certificate, now));
	const time = stale && timeFault(stale, now);
	if (stale && time) return { trusted: false, reason: time, detail: timeDetail(stale, time) };
	const issuer = oneLine(leaf.issuer);
	const detail = strict.hint ?? `signed by ${issuer}, which this node does not trust`;
	return { trusted: false, reason: 'tls_untrusted', detail };
}

/** Looks for a way from the leaf to an anchor, depth first, anchors before what the server sent. */
class Search {
	/** Why the most promising issuer was refused. */
	hint: string | undefined;
	readonly #anchors: Anchors;
	readonly #sent: readonly X509Certificate[];
	readonly #now: Date | undefined;
	#checks = 0;

	/** Without `now` times do not count. */
	constructor(anchors: Anchors, sent: readonly X509Certificate[], now: Date | undefined) {
		this.#anchors = anchors;
		this.#sent = sent;
		this.#now = now;
	}

	from(chain: readonly X509Certificate[]): readonly X509Certificate[] | undefined {
		const last = chain.at(-1);
		if (!last) return undefined;
		if (this.#anchors.has(last)) return chain;
		const sent = this.#sent.filter((one) => one.subject === last.issuer && !chain.some((other) => same(one, other)));
		for (const parent of [...this.#anchors.issuersOf(last), ...sent]) {
			const fault = this.#refuses(chain, last, parent);
			if (fault) this.hint ??= fault;
			else {
				const found = this.from([...chain, parent]);
				if (found) return found;
			}
		}
		return undefined;
	}

	#refuses(chain: readonly X509Certificate[], child: X509Certificate, parent: X509Certificate): string | undefined {
		if (++this.#checks > maximumSignatureChecks) return 'the chain takes too many signature checks';
		if (/sha1|md5|md2/i.test(child.signatureAlgorithm ?? ''))
			return `${nameOf(child)} is signed with ${child.signatureAlgorithm}`;
		if (!parent.ca) return `${nameOf(parent)} may not sign certificates`;
		if (this.#now && timeFault(parent, this.#now)) return timeDetail(parent, 'tls_expired');
		if (!isSignedBy(child, parent)) return `the signature of ${nameOf(parent)} is wrong`;
		const constraints = constraintsOf(parent);
		const between = chain.length - 1;
		if (constraints.pathLength !== undefined && between > constraints.pathLength)
			return `${nameOf(parent)} allows no further authority below it`;
		return violates(chain[0], constraints) ? `${nameOf(parent)} may not sign for these names` : undefined;
	}
}

/** What the server sent behind the leaf, bounded. */
function sentWith(leaf: X509Certificate): X509Certificate[] {
	const sent: X509Certificate[] = [];
	let at = leaf.issuerCertificate;
	while (at && sent.length < maximumSent && !sent.some((one) => same(one, at))) {
		sent.push(at);
		at = at.issuerCertificate;
	}
	return sent;
}

const same = (a: X509Certificate, b: X509Certificate | undefined) => a.fingerprint256 === b?.fingerprint256;

function timeFault(
	{ validFromDate, validToDate }: X509Certificate,
	now: Date,
): 'tls_expired' | 'tls_not_yet_valid' | undefined {
	if (now > validToDate) return 'tls_expired';
	return now < validFromDate ? 'tls_not_yet_valid' : undefined;
}

function timeDetail(certificate: X509Certificate, fault: 'tls_expired' | 'tls_not_yet_valid'): string {
	const { validFromDate, validToDate } = certificate;
	if (fault === 'tls_expired') return `${nameOf(certificate)} expired on ${validToDate.toISOString().slice(0, 19)}Z`;
	return `${nameOf(certificate)} is valid from ${validFromDate.toISOString().slice(0, 19)}Z on`;
}

const attribute = (subject: string, name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(subject)?.[1];

/** The organisation of a distinguished name, else its common name; safe to print. */
export function organisationOf(subject: string): string {
	return printable(attribute(subject, 'O') ?? attribute(subject, 'CN') ?? '', 100);
}

function nameOf({ subject }: X509Certificate): string {
	return `the certificate of ${printable(attribute(subject, 'CN') ?? '', 100) || oneLine(subject) || 'nobody'}`;
}

/** A distinguished name as one line; safe to print. */
export function oneLine(subject: string): string {
	return printable(subject.replaceAll('\n', ', '), 200);
}
