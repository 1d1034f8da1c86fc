import { isDigest } from './digest.ts';
import { readHostPort } from './hostPort.ts';

const maximumRepository = 255;
const maximumText = 1000;

/** One part of a repository between slashes, by the grammar of distribution/reference. */
const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const repositoryPattern = new RegExp(`^${component}(?:/${component})*$`);
const tagPattern = /^\w[\w.-]{0,127}$/;
const domainPattern = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[a-f0-9:]+\])(?::\d+)?$/i;
const underscoredDomainPattern = new RegExp(`^${component}$`);

/** What is wrong with a whole text before it is taken apart, with the remedy. */
export function faultOfWhole(text: string): string | undefined {
	if (text === '') return 'it is empty; write registry/repository:tag';
	if (text.length > maximumText) return 'it is too long';
	if (/\s/.test(text)) return 'it contains white space; remove it';
	if (text.includes('://')) return 'it has a scheme; write it without';
	if (/^[a-f0-9]{64}$/.test(text)) return 'it is the id of an image; write the name, or repository@sha256:…';
	return undefined;
}

/** What is wrong with a registry's name and port: the grammar of distribution/reference, and that it can be dialled. */
export function faultOfDomain(domain: string): string | undefined {
	const grammatical = domainPattern.test(domain) || underscoredDomainPattern.test(domain);
	if (grammatical && readHostPort(domain)) return undefined;
	return 'the registry must be a host, or host:port with a port up to 65535; IPv6 stands in brackets';
}

/** What is wrong with a repository, the part behind the registry. */
export function faultOfRepository(repository: string): string | undefined {
	if (repository === '' || repository === 'library/') return 'the repository is missing; write registry/repository:tag';
	if (repository.length > maximumRepository) return `the repository has more than ${maximumRepository} characters`;
	if (repositoryPattern.test(repository)) return undefined;
	const lower = repository.toLowerCase();
	if (repositoryPattern.test(lower)) return `the repository must be lower case; write ${lower}`;
	return 'a repository is made of lower-case letters and digits, with single ".", "_", "__" or "-" between them, and "/"';
}

/** What is wrong with a tag. */
export function faultOfTag(tag: string | undefined): string | undefined {
	if (tag === undefined || tagPattern.test(tag)) return undefined;
	return 'a tag has 1 to 128 letters, digits, "_", "." and "-", and begins with none of "." and "-"';
}

/** What is wrong with a digest. */
export function faultOfDigest(digest: string | undefined): string | undefined {
	if (digest === undefined || isDigest(digest)) return undefined;
	return 'a digest is "sha256:" and 64 lower-case hexadecimal digits';
}
