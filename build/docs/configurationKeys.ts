import { type Path, pathText } from '../../src/config/place.ts';
import { schema } from '../../src/config/schema.ts';
import { schemaKeys } from '../../src/config/schemaKeys.ts';

/** One key of the configuration file. */
export interface ConfigurationKey {
	/** Its way from the top; 0 enters a list. */
	readonly path: Path;
	/** As people write it: `registries[].blob.bytes`. */
	readonly name: string;
}

/** Every key that the schema has, in its order; lists are entered. */
export function configurationKeys(above: Path = []): readonly ConfigurationKey[] {
	return schemaKeys(schema, above).flatMap((key) => {
		const path = [...above, key];
		const entries = schemaKeys(schema, [...path, 0]).length > 0 ? configurationKeys([...path, 0]) : [];
		return [{ path, name: pathText(path).replaceAll('[0]', '[]') }, ...configurationKeys(path), ...entries];
	});
}
