import type { PlannedNode, PlannedProvider } from '../../plan/nodeDocument.ts';
import type { PlanDocument } from '../../plan/planDocument.ts';
import { count } from './quantities.ts';

/** One thing that a node says about itself. */
export interface NodeFact {
	readonly label: string;
	/** For people. Holds no secret; what came from outside is still to be made printable. */
	readonly text: string;
}

/** Keys and patterns that are shown of one file. */
const mostShown = 20;

/** What the node says about itself in the order in which it matters for a pull; what it does not say is left out. */
export function nodeFacts(document: PlanDocument): readonly NodeFact[] {
	const { node, environment, trust, keyring, credentialProviders = [] } = document;
	const told = environment && environment.reader !== 'nobody';
	return [
		{ label: 'node', text: node },
		...runtimeFacts(document),
		...(told ? [{ label: 'environment', text: `of ${environment.reader}` }] : []),
		...nameFacts(document.resolver),
		...(trust ? [{ label: 'bundle', text: `${trust.source}, ${count(trust.certificates, 'certificate')}` }] : []),
		...(keyring ? [{ label: 'keyring', text: keyringText(keyring) }] : []),
		...credentialProviders.map((provider) => ({ label: 'provider', text: providerText(provider) })),
	];
}

function runtimeFacts({ runtime, rules }: PlanDocument): readonly NodeFact[] {
	if (!rules) return [];
	const { name, version, source } = rules;
	if (runtime) return [{ label: 'runtime', text: `${name} ${version} (${source})` }];
	return [{ label: 'runtime', text: `none seen below the root; the rules of ${name} ${version} hold` }];
}

function nameFacts({
	nameservers,
	search,
	source,
	upstreams = [],
	libc,
}: PlanDocument['resolver']): readonly NodeFact[] {
	const completed = search.length > 0 ? `, search ${search.join(' ')}` : '';
	const asked = `${upstreams.join(', ')}, asked by systemd-resolved`;
	return [
		{ label: 'nameservers', text: `${nameservers.join(', ')}${completed} (${source})` },
		...(upstreams.length > 0 ? [{ label: 'upstreams', text: asked }] : []),
		...(libc === undefined ? [] : [{ label: 'names', text: `a runtime linked with libc may see others: ${libc}` }]),
	];
}

function keyringText({ file, keys, readable }: NonNullable<PlannedNode['keyring']>): string {
	if (!readable) return `${file} cannot be read`;
	return keys.length === 0 ? `${file}, without an entry` : `${file} for ${shortened(keys)}`;
}

function providerText({ name, file, line, matchImages, run }: PlannedProvider): string {
	const place = line === undefined ? file : `${file}:${line}`;
	return `${name} for ${shortened(matchImages)}, ${run ? 'run' : 'not run'} (${place})`;
}

function shortened(names: readonly string[]): string {
	const more = names.length - mostShown;
	return `${names.slice(0, mostShown).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
