import { quotedLocation, quotedPath } from '../registry/quotable.ts';

/** What a value that is wrong must look like to be repeated: a secret in its place looks otherwise. */
type Form = (text: string) => boolean;

const quantity =
	/^(?:[-+]?\d{1,12}(?:\.\d{1,9})?\s?(?:[A-Za-z]{0,12}\.?|%)|(?:\d{1,6}(?:\.\d{1,3})?(?:ms|s|m|h)){1,4})$/;
const word = /^[\w.%-]{1,20}$/;
/** Behind a colon stands what looks like a version: anything else could be the password of a user. */
const reference = /^[\w.-]+(?:\/[\w.-]+)*(?::(?:latest|v?\d[\w.-]*))?(?:@sha\d{3}:[\da-f]*)?$/i;
const pattern = /^[\w.*?[\]/-]{1,100}$/;
const address = /^[\d.:[\]]{1,50}$/;
const digest = /^sha\d{3}:[\da-f]{0,128}$/i;
const file = /^[\w./ -]{1,150}\.(?:pem|crt|cert?|key|json|ya?ml|toml|conf|cfg|txt|dockercfg|dockerconfigjson)$/;
const below = /^\.{0,2}\/[^/]+\/[^/]/;
const longestReference = 255;

const isPlain: Form = (text) => quantity.test(text) || (word.test(text) && !looksRandom(text));
const isPattern: Form = (text) => pattern.test(text) && !looksRandom(text);
const isDigest: Form = (text) => digest.test(text);
const isAddress: Form = (text) => address.test(text) || isLocation(text);

const isFile: Form = (text) => {
	if (looksRandom(text)) return false;
	return /^\.{1,2}$/.test(text) || file.test(text) || (below.test(text) && quotedPath(text, '') !== '');
};

const isLocation: Form = (text) => {
	const name = text.replace(/@sha\d{3}:[\da-f]*$/i, '');
	if (name.includes('@')) return false;
	return !looksRandom(name) && (isReference(text) || quotedLocation(text, '') !== '');
};

function isReference(text: string): boolean {
	return text.length <= longestReference && reference.test(text);
}

const forms: Readonly<Record<string, Form>> = {
	tls: isFile,
	certificate: isFile,
	key: isFile,
	ca: isFile,
	file: isFile,
	root: isFile,
	service_account: isFile,
	registries: isLocation,
	name: isLocation,
	image: isLocation,
	endpoint: isLocation,
	runtime: isLocation,
	listen: isAddress,
	allow: isPattern,
	deny: isPattern,
	namespaces: isPattern,
	digest: isDigest,
};

/** Whether a text that is wrong below `key` has the form of what belongs there, and so may be repeated. */
export function fitsKey(key: string, text: string): boolean {
	const plain = text.replace(/\$\{(\w+)\}/g, (found, name: string) => (isVariable(name) ? 'x' : found));
	return plain === '' || (forms[key] ?? isPlain)(plain);
}

/** Whether a text has the form that variables of the environment have, and so may be repeated. */
export function isVariable(name: string): boolean {
	return /^[A-Z_][A-Z\d_]{0,60}$/.test(name) && !looksRandom(name);
}

/** Whether a part of a text was encoded or made up by a machine: nobody would write it as a word. */
export function looksRandom(text: string): boolean {
	return text.split(/[^A-Za-z\d]+/).some(isRandomPart);
}

/** Words have a number behind them, or a capital letter here and there; seldom both, and not again and again. */
function isRandomPart(part: string): boolean {
	const numbers = part.match(/[A-Za-z](?=\d)|\d(?=[A-Za-z])/g)?.length ?? 0;
	const capitals = part.match(/[a-z](?=[A-Z])/g)?.length ?? 0;
	const mixed = /^(?=.*\d)(?=.*[a-z])(?=.*[A-Z])/.test(part);
	return mixed || numbers > (part.length < 12 ? 3 : 1) || capitals > 2 || part.length > 32;
}
