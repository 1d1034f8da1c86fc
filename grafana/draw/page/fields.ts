import {
	applyFieldOverrides,
	cacheFieldDisplayNames,
	createTheme,
	type DataFrame,
	type FieldConfigPropertyItem,
	FieldConfigOptionsRegistry,
	type FieldConfigSource,
	type GrafanaTheme2,
	standardFieldConfigEditorRegistry,
	standardTransformers,
	standardTransformersRegistry,
	transformDataFrame,
} from '@grafana/data';
import { lastValueFrom } from 'rxjs';
import type { BoardPanel } from '../../../test/grafana/board.ts';

export const theme: GrafanaTheme2 = createTheme({ colors: { mode: 'light' } });

const standard = [
	'unit',
	'min',
	'max',
	'decimals',
	'displayName',
	'noValue',
	'thresholds',
	'mappings',
	'links',
	'color',
];

const nothing = () => null;

function property(id: string, path: string, isCustom: boolean): FieldConfigPropertyItem {
	return {
		id,
		path,
		name: id,
		isCustom,
		process: (value: unknown) => value,
		shouldApply: () => true,
		editor: nothing,
		override: nothing,
	};
}

/** Tells the library what Grafana itself tells it at its start. */
export function registerStandards(): void {
	standardFieldConfigEditorRegistry.setInit(() => standard.map((id) => property(id, id, false)));
	// Two names stand for the same there.
	const transformers = new Map(Object.values(standardTransformers).map((info) => [info.id, info]));
	standardTransformersRegistry.setInit(() =>
		[...transformers].map(([id, info]) => ({
			id,
			name: info.name,
			transformation: () => Promise.resolve(info),
			editor: nothing,
			imageDark: '',
			imageLight: '',
		})),
	);
}

/** Does with frames what a panel's file asks for: its transformations, then its field settings and overrides. */
export async function prepared(
	{ transformations = [], fieldConfig }: BoardPanel,
	frames: DataFrame[],
): Promise<DataFrame[]> {
	const transformed = await lastValueFrom(
		transformDataFrame(
			transformations.map((each) => ({ ...each })),
			frames,
			{ interpolate: (text) => text },
		),
	);
	const settings = fieldConfig as unknown as FieldConfigSource;
	const fields = applyFieldOverrides({
		data: transformed,
		fieldConfig: settings,
		fieldConfigRegistry: registryOf(settings),
		replaceVariables: (text) => text,
		theme,
		timeZone: 'utc',
	});
	cacheFieldDisplayNames(fields);
	return fields;
}

/** The standard settings, and those of its own kind that a panel uses. */
function registryOf({ defaults, overrides }: FieldConfigSource): FieldConfigOptionsRegistry {
	const own = Object.keys((defaults.custom ?? {}) as object);
	const overridden = overrides.flatMap(({ properties }) => properties.map(({ id }) => id));
	const custom = overridden.flatMap((id) => (id.startsWith('custom.') ? [id.slice('custom.'.length)] : []));
	const items = [...new Set([...own, ...custom])].map((path) => property(`custom.${path}`, path, true));
	return new FieldConfigOptionsRegistry(() => [...standard.map((id) => property(id, id, false)), ...items]);
}
