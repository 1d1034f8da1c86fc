import type { Observation, StageRecord } from '../probe/observation.ts';
import type { Target } from '../plan/target.ts';

/** Something about a registry that people change, and that pulls can fail over. */
export interface Trait {
	/** What it is about: the same words, the same trait. */
	readonly subject: string;
	/** What it is now; of several at once each is as good as the others. */
	readonly values: readonly string[];
	/** Values of before are as good as those of now: names have several addresses and certificates, in turn. */
	readonly alternating: boolean;
	/** Says in words that it changed; `before` is what it was last. Empty where that says nothing. */
	readonly told: (before: readonly string[]) => string;
}

const mostAddresses = 16;
const mostShown = 4;

/** What an attempt saw of the traits of a registry. */
export function traitsIn({ records, image }: Pick<Observation, 'records' | 'image'>): readonly Trait[] {
	return records.flatMap((record) => [...certificate(record), ...addresses(record), ...tokenHost(record, image)]);
}

/** The hosts that each registry of a plan is asked through, by its name in images. */
export function routesIn(targets: readonly Target[]): ReadonlyMap<string, Trait> {
	const byDomain = Map.groupBy(targets, ({ image }) => image.domain);
	return new Map(
		[...byDomain].map(([domain, its]) => {
			const hosts = [...new Set(its.map(({ host }) => host))].join(', ');
			const told = ([before = '']: readonly string[]) =>
				`${domain} is asked through ${hosts} now, before through ${before}`;
			return [domain, { subject: `route ${domain}`, values: [hosts], alternating: false, told }];
		}),
	);
}

function certificate({ stage, peer, facts }: StageRecord): readonly Trait[] {
	const { issuer, notAfter } = facts ?? {};
	if (stage !== 'tls' || typeof issuer !== 'string' || typeof notAfter !== 'number') return [];
	const until = new Date(notAfter * 1000).toISOString().slice(0, 10);
	const told = ([before = '']: readonly string[]) =>
		before.endsWith(` ${issuer}`)
			? `the certificate of ${peer} was renewed: valid until ${until}`
			: `the certificate of ${peer} is by ${issuer} now, before by ${before.replace(/^\S+ /, '')}`;
	return [{ subject: `certificate ${peer}`, values: [`${notAfter} ${issuer}`], alternating: true, told }];
}

function addresses({ stage, peer, facts, outcome }: StageRecord): readonly Trait[] {
	const found = facts?.['addresses'];
	if (stage !== 'dns' || outcome !== 'success' || !Array.isArray(found)) return [];
	const values = found.filter((one): one is string => typeof one === 'string').slice(0, mostAddresses);
	if (values.length === 0) return [];
	const told = (before: readonly string[]) =>
		`${peer} has other addresses: ${listed(values)}, before ${listed(before)}`;
	return [{ subject: `addresses ${peer}`, values, alternating: true, told }];
}

function tokenHost({ role, stage, peer }: StageRecord, image: string): readonly Trait[] {
	if (role !== 'token' || stage !== 'token') return [];
	const [domain = ''] = image.split('/', 1);
	const told = ([before = '']: readonly string[]) =>
		`tokens for ${domain} come from ${peer} now, before from ${before}`;
	return [{ subject: `token ${domain}`, values: [peer], alternating: false, told }];
}

function listed(values: readonly string[]): string {
	const more = values.length - mostShown;
	return `${values.slice(0, mostShown).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
