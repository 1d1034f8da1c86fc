import { type ConfigurationKey, configurationKeys } from './configurationKeys.ts';
import { defaultOf } from './configurationDefaults.ts';
import { isRequired, valueTypeOf } from './configurationTypes.ts';
import { anchorOf, code, tableOf } from './table.ts';

/** Every key with its type, its default and its bounds, leading to what docs/configuration.md says of it. */
export function configurationTable(): string {
	return tableOf(['key', 'type', 'default', 'bounds'], configurationKeys().map(rowOf));
}

function rowOf({ path, name }: ConfigurationKey): readonly string[] {
	const { type, bounds } = valueTypeOf(path);
	const otherwise = isRequired(path) ? 'required' : type === 'map' ? '' : defaultOf(name);
	return [`[${code(name)}](#${anchorOf(name)})`, type, otherwise, bounds];
}
