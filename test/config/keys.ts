import { configurationKeys } from '../../build/docs/configurationKeys.ts';

/** Every key that a configuration can have, in the order of the schema, as people write it: `registries[].name`. */
export function everyKey(): readonly string[] {
	return configurationKeys().map(({ name }) => name);
}
