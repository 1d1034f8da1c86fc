import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tableOf } from '../table.ts';
import { lineOf, measured } from './measured.ts';
import { defaultTraffic } from './traffic.ts';
import { number, size } from './words.ts';

const nodes = 1000;
const kibibyte = 1024;
/** Seconds between scrapes, as the manifests have it. */
const scrapeInterval = 30;
/** Series of a registry host at most; test/views/metricsBounds.test.ts holds it. */
const mostSeries = 120;

/** What 1,000 nodes send to Docker Hub in a day. */
export function hubTable(): string {
	const hub = defaultTraffic().find(({ registry }) => registry === 'docker.io');
	if (!hub) throw new RangeError('the default configuration has no Docker Hub');
	const attempts = hub.attempts * 24 * nodes;
	const counted: Readonly<Record<string, string>> = {
		'HEAD manifest': 'no: only a GET of a manifest does',
		'GET token': 'no',
		'GET blob': 'no: one half at the registry, which sends on to its CDN; the other half there, 2,459 bytes each',
	};
	const rows = Object.entries(hub.requests).map(([kind, count]) => [
		kind,
		number(count * attempts),
		counted[kind] ?? '?',
	]);
	return tableOf(
		['request', 'a day from 1,000 nodes', 'counts as a pull'],
		[...rows, ['GET manifest', '0', 'yes; the agent sends none']],
	);
}

/** What docs/scale.md measured of a Prometheus. */
function scale(): { readonly series: number; readonly bytes: number } {
	const page = readFileSync(join(import.meta.dirname, '../../../docs/scale.md'), 'utf8');
	const [, series = ''] = /^\| series \| ([\d,]+)/m.exec(page) ?? [];
	const [, gibibytes = ''] = /^\| memory of Prometheus \| (?:[\d.]+ to )?([\d.]+) GiB/m.exec(page) ?? [];
	if (series === '' || gibibytes === '') throw new RangeError('docs/scale.md does not say what a Prometheus needs');
	return { series: Number(series.replaceAll(',', '')), bytes: Number(gibibytes) * kibibyte ** 3 };
}

/** What Prometheus has to carry with the default configuration. */
export function prometheusTable(): string {
	const targets = defaultTraffic().length;
	const series = lineOf('series', 10, 50);
	const most = series.base + targets * mostSeries;
	const text = lineOf('scrape size', 10, 50);
	const each = series.base + targets * series.each;
	const bytes = (text.base + targets * text.each) * kibibyte;
	const packed =
		measured('scrape', 'scrape KiB, whole, 200 targets, as Prometheus asks') /
		measured('scrape', 'scrape KiB, whole, 200 targets, uncompressed');
	const perSeries = scale().bytes / scale().series;
	const rows = [
		['series, as measured', number(each), number(each * nodes)],
		['series, at most', number(most), number(most * nodes)],
		['text of a scrape', size(bytes), `${size((bytes * nodes) / scrapeInterval)} a second`],
		['memory of Prometheus', '', `${number((each * nodes * perSeries) / kibibyte ** 3)} GiB`],
	];
	const how = [
		`Each registry adds ${number(series.each)} series and ${number(text.each)} KiB of text, with one nameserver and one address for each host, and [${mostSeries} at most](metrics.md); ${number(series.base)} and ${number(text.base)} are the agent's own. With gzip, which Prometheus asks for, ${number(packed * 100)} % of the text is left at 200 targets, and more where there are few. A scrape every ${scrapeInterval} s. [Measured](scale.md) were ${size(perSeries)} of Prometheus's memory for each series.`,
	];
	return [tableOf(['', 'a node', '1,000 nodes'], rows), '', ...how].join('\n');
}
