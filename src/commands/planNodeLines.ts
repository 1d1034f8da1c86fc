import type { PlannedNode, PlannedProvider } from '../plan/nodeDocument.ts';
import type { PlanDocument } from '../plan/planDocument.ts';
import { paragraph } from './planLine.ts';

/** Keys and patterns that are shown of one file. */
const mostShown = 20;

/** What the node says about itself, a line each; what it does not say is left out. */
export function nodeLines(document: PlanDocument): string[] {
	const { node, environment, trust, keyring, credentialProviders = [] } = document;
	const told = environment && environment.reader !== 'nobody';
	return [
		...paragraph('node', node),
		...runtimeLines(document),
		...(told ? paragraph('environment', `of ${environment.reader}`) : []),
		...nameLines(document.resolver),
		...(trust ? paragraph('bundle', `${trust.source}, ${certificates(trust.certificates)}`) : []),
		...(keyring ? paragraph('keyring', keyringText(keyring)) : []),
		...credentialProviders.flatMap((provider) => paragraph('provider', providerText(provider))),
	];
}

function runtimeLines({ runtime, rules }: PlanDocument): string[] {
	if (!rules) return [];
	const { name, version, source } = rules;
	if (runtime) return paragraph('runtime', `${name} ${version} (${source})`);
	return paragraph('runtime', `none seen below the root; the rules of ${name} ${version} hold`);
}

function nameLines({ nameservers, search, source, upstreams = [], libc }: PlanDocument['resolver']): string[] {
	const completed = search.length > 0 ? `, search ${search.join(' ')}` : '';
	return [
		...paragraph('nameservers', `${nameservers.join(', ')}${completed} (${source})`),
		...(upstreams.length > 0 ? paragraph('upstreams', `${upstreams.join(', ')}, asked by systemd-resolved`) : []),
		...(libc === undefined ? [] : paragraph('names', `a runtime linked with libc may see others: ${libc}`)),
	];
}

function keyringText({ file, keys, readable }: NonNullable<PlannedNode['keyring']>): string {
	if (!readable) return `${file} cannot be read`;
	return keys.length === 0 ? `${file}, without an entry` : `${file} for ${listed(keys)}`;
}

function providerText({ name, file, line, matchImages, run }: PlannedProvider): string {
	const place = line === undefined ? file : `${file}:${line}`;
	return `${name} for ${listed(matchImages)}, ${run ? 'run' : 'not run'} (${place})`;
}

function listed(names: readonly string[]): string {
	const more = names.length - mostShown;
	return `${names.slice(0, mostShown).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function certificates(count: number): string {
	return count === 1 ? '1 certificate' : `${count} certificates`;
}
