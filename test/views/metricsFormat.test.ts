import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expositionFor } from '../../src/views/metrics/accept.ts';
import { labelValue, longestLabelValue } from '../../src/views/metrics/labelValue.ts';
import { aStore, aTarget, anAttempt, broke, passed } from '../store/literals.ts';
import { aView, seriesOf } from './metricsWorld.ts';

const prometheus3 =
	'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,' +
	'text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2';

test.each([
	[undefined, 'prometheus'],
	['', 'prometheus'],
	['*/*', 'prometheus'],
	['text/html,application/xhtml+xml,*/*;q=0.8', 'prometheus'],
	['application/openmetrics-text', 'openmetrics'],
	['Application/OpenMetrics-Text; Version="1.0.0"', 'openmetrics'],
	[prometheus3, 'openmetrics'],
	['application/openmetrics-text;q=0.3,text/plain;q=0.5', 'prometheus'],
	['application/openmetrics-text;q=0', 'prometheus'],
	['application/openmetrics-text;version=2.0.0', 'prometheus'],
	['application/openmetrics-text;q=high', 'prometheus'],
	['application/json', 'prometheus'],
] as const)('Accept %j is answered in %s', (accept, expected) => {
	expect(expositionFor(accept)).toBe(expected);
});

test('any Accept header is answered in one of the two forms', async () => {
	fc.assert(
		fc.property(fc.string({ maxLength: 3000 }), (accept) => {
			expect(['prometheus', 'openmetrics']).toContain(expositionFor(accept));
		}),
	);
});

test('the content type is that of the form', async () => {
	const view = aView();
	expect((await view.render()).contentType).toBe('text/plain; version=0.0.4; charset=utf-8');
	const { contentType } = await view.render('application/openmetrics-text');
	expect(contentType).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
});

test('OpenMetrics ends in EOF and names counter families without _total', async () => {
	const { body } = await aView(aStore(aTarget())).render('application/openmetrics-text');
	expect(body.endsWith('# EOF\n')).toBe(true);
	expect(body).toContain('# TYPE registry_probe_attempts counter\nregistry_probe_attempts_total{');
});

test('a scrape as OpenMetrics does not change the next one as text', async () => {
	const view = aView(aStore(aTarget()));
	const before = await seriesOf(view, 'attempts_total');
	await view.render('application/openmetrics-text');
	expect(await seriesOf(view, 'attempts_total')).toEqual(before);
});

test('every series carries node and network', async () => {
	const store = aStore(aTarget());
	store.record(anAttempt(aTarget(), [passed('registry dns'), broke('token tcp', 'tcp_timeout')]));
	const { body } = await aView(store, { node: 'worker-1', network: 'pod' }).render();
	const series = body.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
	expect(series.length).toBeGreaterThan(20);
	expect(series.filter((line) => !line.includes('{node="worker-1",network="pod"'))).toEqual([]);
});

test('no label value can break out of its line or its quotes', async () => {
	const peer = 'a"\n} 1\nforged{x="\\\r\u0085\u2028\u202e';
	const store = aStore(aTarget());
	store.record(anAttempt(aTarget(), [{ ...passed('token dns'), peer }]));
	expect(await seriesOf(aView(store), 'role_host_info')).toEqual([
		'{registry="docker.io",host="registry-1.docker.io",role="token",peer="a\\"?} 1?forged{x=\\"\\\\????"} 1',
	]);
});

test('label values are bounded, of one line and well formed', async () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary', maxLength: 1000 }), (text) => {
			const value = labelValue(text);
			expect(value.length).toBeLessThanOrEqual(longestLabelValue);
			expect(value.isWellFormed()).toBe(true);
			expect(value).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
		}),
	);
});

test('a plain text is its own label value', async () => {
	expect(labelValue('registry-1.docker.io:5000/päth "x"')).toBe('registry-1.docker.io:5000/päth "x"');
});

test('quotation marks and backslashes in a label are escaped in both forms', async () => {
	const target = aTarget({ host: 'a"b\\c' });
	const store = aStore(target);
	for (const accept of ['text/plain', 'application/openmetrics-text']) {
		const { body } = await aView(store).render(accept);
		expect(body).toContain(
			'registry_probe_attempts_total{node="n1",network="host",registry="docker.io",host="a\\"b\\\\c"} 0\n',
		);
	}
});

test('a duration is told to the microsecond', async () => {
	const store = aStore(aTarget());
	store.record(anAttempt(aTarget(), [passed('registry dns')], { seconds: 0.012_345_678_9 }));
	expect((await seriesOf(aView(store), 'duration_seconds'))[0]).toMatch(/\} 0\.012346$/);
});
