/** The two forms in which metrics can be asked for. */
export type Exposition = 'prometheus' | 'openmetrics';

const longestHeader = 1000;

/**
 * The form that an Accept header prefers (https://www.rfc-editor.org/rfc/rfc9110#field.accept). OpenMetrics is given
 * only to those who name it in a version that we speak and do not like plain text better; everybody else, also a header
 * that asks for neither, gets Prometheus text.
 */
export function expositionFor(accept: string | undefined): Exposition {
	const ranges = (accept ?? '').slice(0, longestHeader).toLowerCase().split(',').map(readRange);
	const openMetrics = qualityOf(ranges, (range) => range.type === 'application/openmetrics-text' && spoken(range));
	const text = qualityOf(ranges, (range) => range.type === 'text/plain');
	return openMetrics > 0 && openMetrics >= text ? 'openmetrics' : 'prometheus';
}

interface MediaRange {
	readonly type: string;
	readonly parameters: ReadonlyMap<string, string>;
}

function readRange(text: string): MediaRange {
	const [type = '', ...parameters] = text.split(';').map((part) => part.trim());
	return { type, parameters: new Map(parameters.map(readParameter)) };
}

function readParameter(text: string): readonly [string, string] {
	const [name = '', value = ''] = text.split('=', 2);
	return [name.trim(), value.trim().replace(/^"(.*)"$/, '$1')];
}

function spoken({ parameters }: MediaRange): boolean {
	const version = parameters.get('version');
	return version === undefined || version === '1.0.0' || version === '0.0.1';
}

/** The best quality that any matching range has; 0 when there is none. */
function qualityOf(ranges: readonly MediaRange[], matches: (range: MediaRange) => boolean): number {
	const qualities = ranges.filter(matches).map(({ parameters }) => parameters.get('q'));
	return Math.max(0, ...qualities.map((q) => (q === undefined ? 1 : /^[01](\.\d{0,3})?$/.test(q) ? Number(q) : 0)));
}
