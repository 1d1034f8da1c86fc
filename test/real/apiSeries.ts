/** A series as the API gives it: `value` of an instant query, `values` of a range query; times in seconds, numbers as text. */
export interface ApiSeries {
	readonly metric: Readonly<Record<string, string>>;
	readonly value?: readonly [number, string];
	readonly values?: readonly (readonly [number, string])[];
}
