import { domainToASCII } from 'node:url';

/**
 * The ASCII form of an international domain name (`xn--…`), lower case. A text that is no such name is given back as it
 * is: `domainToASCII` reads it as a URL would, dropping a path, so it gets nothing but names.
 */
export function asciiName(name: string): string {
	if (/^[!-~]*$/.test(name)) return name.toLowerCase();
	return /^[\p{L}\p{M}\p{N}._-]+$/u.test(name) ? domainToASCII(name) || name : name;
}
