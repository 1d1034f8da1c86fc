import { lowerAscii } from '../registry/domainName.ts';
import { printable } from '../registry/redact.ts';
import { isPlainBlank, trimmed } from '../registry/trimmed.ts';
import { readLines } from './lines.ts';

/** Where names are looked up: `files` is /etc/hosts. */
export type NameSource = 'files' | 'dns';

/** In which order a Go program looks names up that does not leave it to libc. */
export interface LookupOrder {
	/** One or both, the first that knows the name counts. */
	readonly sources: readonly NameSource[];
	/** Why a runtime that is linked with libc leaves names to it instead, for people. */
	readonly libc?: string;
}

export const nsswitchFile = '/etc/nsswitch.conf';
const filesFirst: readonly NameSource[] = ['files', 'dns'];

/**
 * Reads the text of nsswitch.conf as Go does (https://go.dev/src/net/nss.go, conf.go); undefined: no file. Criteria as
 * `[NOTFOUND=return]` have no effect on Go's own resolver. Never throws.
 */
export function readNsswitch(text: string | undefined): LookupOrder {
	const hosts = hostSources(text ?? '');
	if (hosts === undefined) return { sources: filesFirst, libc: 'nsswitch.conf cannot be parsed' };
	if (hosts.length === 0) return { sources: filesFirst };
	const names = hosts.map(({ name }) => name);
	// To Go every source that it does not know is DNS, unless DNS is named too.
	const known = names.includes('dns') ? names.filter(isKnown) : names.map((name) => (isKnown(name) ? name : 'dns'));
	const neither = names.some(isKnown) ? undefined : 'nsswitch.conf names neither files nor dns';
	const libc = hosts.map(whyLibc).find((why) => why !== undefined) ?? neither;
	return { sources: [...new Set(known)], ...(libc !== undefined && { libc }) };
}

interface Source {
	readonly name: string;
	readonly criteria: readonly Criterion[];
}

interface Criterion {
	readonly negated: boolean;
	readonly status: string;
	readonly action: string;
}

const isKnown = (name: string): name is NameSource => name === 'files' || name === 'dns';

/** The sources of the database `hosts`, of all its lines; undefined when Go refuses the file. */
function hostSources(text: string): Source[] | undefined {
	const found: Source[] = [];
	for (const line of readLines(text)) {
		const content = trim(line.split('#', 1)[0] ?? '');
		if (content === '') continue;
		const colon = content.indexOf(':');
		const sources = colon < 0 ? undefined : readSources(content.slice(colon + 1));
		if (!sources) return undefined;
		if (trim(content.slice(0, colon)) === 'hosts') found.push(...sources);
	}
	return found;
}

/** `files [NOTFOUND=return] dns`. Only blanks end a source: `files<tab>dns` is one. */
function readSources(text: string): Source[] | undefined {
	const found: Source[] = [];
	for (let rest = trim(text); rest !== '';) {
		const [name = ''] = rest.split(' ', 1);
		rest = trimStart(rest.slice(name.length));
		const bracket = rest.startsWith('[') ? rest.indexOf(']') : undefined;
		const criteria = bracket === undefined ? [] : bracket < 0 ? undefined : readCriteria(rest.slice(1, bracket));
		if (!criteria) return undefined;
		if (bracket !== undefined) rest = trimStart(rest.slice(bracket + 1));
		found.push({ name, criteria });
	}
	return found;
}

function readCriteria(text: string): Criterion[] | undefined {
	const fields = text.split(' ').map(trim);
	const found = fields.filter((field) => field !== '').map(readCriterion);
	return found.every((criterion) => criterion !== undefined) ? found : undefined;
}

function readCriterion(text: string): Criterion | undefined {
	const negated = text.startsWith('!');
	const plain = lowerAscii(negated ? text.slice(1) : text);
	const [, status, action] = /^([^=]*)=(.*)$/s.exec(plain) ?? [];
	if (plain.length < 3 || status === undefined || action === undefined) return undefined;
	return { negated, status, action };
}

/** For which sources Go prefers libc, for all names; for `.local` and the host itself it may for others too. */
function whyLibc({ name, criteria }: Source): string | undefined {
	if (isKnown(name)) return criteria.every(isStandard) ? undefined : `nsswitch.conf has its own criteria for ${name}`;
	if (name === 'myhostname' || name.startsWith('mdns')) return undefined;
	return `nsswitch.conf names the source ${printable(name, 40)}`;
}

/** Whether a criterion says only what holds without it. */
function isStandard({ negated, status, action }: Criterion, at: number, all: readonly Criterion[]): boolean {
	const standard = { success: 'return', notfound: 'continue', unavail: 'continue', tryagain: 'continue' };
	if (negated || !Object.hasOwn(standard, status)) return false;
	return (at === all.length - 1 && action === 'return') || standard[status as keyof typeof standard] === action;
}

const trim = (text: string) => trimmed(text, isPlainBlank);
const trimStart = (text: string) => text.replace(/^[ \t\r\n]+/, '');
