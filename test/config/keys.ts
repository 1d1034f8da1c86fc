import { pathText, type Path } from '../../src/config/place.ts';
import { schema } from '../../src/config/schema.ts';
import { schemaKeys } from '../../src/config/schemaKeys.ts';

/** Every key that a configuration can have, in the order of the schema, as people write it: `registries[].name`. */
export function everyKey(): readonly string[] {
	return keysBelow([]);
}

function keysBelow(path: Path): string[] {
	const own = schemaKeys(schema, path).flatMap((key) => [[...path, key], ...listOf([...path, key])]);
	return own.flatMap((below) => [...(typeof below.at(-1) === 'number' ? [] : [shown(below)]), ...keysBelow(below)]);
}

function listOf(path: Path): Path[] {
	return schemaKeys(schema, [...path, 0]).length > 0 ? [[...path, 0]] : [];
}

const shown = (path: Path) => pathText(path).replaceAll('[0]', '[]');
