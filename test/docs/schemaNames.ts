/** As much of a JSON schema as our own use (https://json-schema.org/draft/2020-12/json-schema-core). */
export interface Schema {
	readonly $ref?: string;
	readonly $defs?: Readonly<Record<string, Schema>>;
	readonly properties?: Readonly<Record<string, Schema>>;
	readonly required?: readonly string[];
	readonly items?: Schema;
	readonly anyOf?: readonly Schema[];
	readonly oneOf?: readonly Schema[];
	readonly const?: unknown;
}

/** Every property that a document of this schema can have: `pulls[].blame?.host`, where `?` marks what may be absent. */
export function propertiesOf(schema: Schema): readonly string[] {
	return below('', schema, schema.$defs ?? {}, []);
}

function below(
	path: string,
	schema: Schema,
	defs: Readonly<Record<string, Schema>>,
	above: readonly string[],
): string[] {
	const name = schema.$ref?.replace('#/$defs/', '');
	if (name !== undefined && above.includes(name)) return [];
	const {
		properties = {},
		required = [],
		items,
		anyOf = [],
		oneOf = [],
		...rest
	} = name === undefined ? schema : (defs[name] ?? {});
	const within = name === undefined ? above : [...above, name];
	const own = Object.entries(properties).flatMap(([key, value]) => {
		const at = `${path === '' ? '' : `${path}.`}${key}${required.includes(key) ? '' : '?'}`;
		return [at, ...below(at, value, defs, within)];
	});
	const listed = items ? below(`${path}[]`, items, defs, within) : [];
	const linked = rest.$ref === undefined ? [] : below(path, { $ref: rest.$ref }, defs, within);
	return [...own, ...listed, ...linked, ...[...anyOf, ...oneOf].flatMap((each) => below(path, each, defs, within))];
}
