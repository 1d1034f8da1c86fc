import * as core from 'zod/v4/core';

import type { Path } from './place.ts';

/** The keys that may stand in the map at `path`, by the schema; none where no map may stand. */
export function schemaKeys(schema: core.$ZodType, path: Path): readonly string[] {
	const types = path.reduce((above, part) => above.flatMap((type) => below(type, part)), plain(schema));
	return types.flatMap((type) => (type instanceof core.$ZodObject ? Object.keys(type._zod.def.shape) : []));
}

/** What a value can be, without the wrappers round it. */
function plain(type: core.$ZodType): readonly core.$ZodType[] {
	if (type instanceof core.$ZodOptional) return plain(type._zod.def.innerType);
	if (type instanceof core.$ZodPipe) return plain(type._zod.def.in);
	if (type instanceof core.$ZodUnion) return type._zod.def.options.flatMap(plain);
	return [type];
}

function below(type: core.$ZodType, part: string | number): readonly core.$ZodType[] {
	if (type instanceof core.$ZodArray && typeof part === 'number') return plain(type._zod.def.element);
	const inner = type instanceof core.$ZodObject ? type._zod.def.shape[part] : undefined;
	return inner === undefined ? [] : plain(inner);
}
