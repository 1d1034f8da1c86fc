// The certificate library's container asks for the decorator-metadata proposal, of which it uses these three functions.
// https://rbuckton.github.io/reflect-metadata/

const metadata = new WeakMap<object, Map<unknown, unknown>>();

function getOwnMetadata(key: unknown, target: object): unknown {
	return metadata.get(target)?.get(key);
}

function getMetadata(key: unknown, target: object): unknown {
	const own = getOwnMetadata(key, target);
	const parent: unknown = Object.getPrototypeOf(target);
	return own === undefined && typeof parent === 'function' ? getMetadata(key, parent) : own;
}

function defineMetadata(key: unknown, value: unknown, target: object): void {
	const known = metadata.get(target) ?? new Map<unknown, unknown>();
	metadata.set(target, known.set(key, value));
}

Object.assign(Reflect, { getOwnMetadata, getMetadata, defineMetadata });
