import { type Board, type BoardPanel, committed, type Target } from '../../test/grafana/board.ts';
import { type Choice, interpolate } from '../../test/grafana/interpolate.ts';
import { marksOf } from '../../test/grafana/marks.ts';
import type { ApiSeries } from '../../test/real/apiSeries.ts';
import { askPrometheus } from '../../test/real/prometheus.ts';
import type { Answer, ColoredMark, Drawing } from './drawing.ts';
import { type Picture, usualWidth } from './pictures.ts';

/** What a Prometheus is asked: from when to when, in seconds, and in which steps. */
interface Span {
	readonly port: number;
	readonly from: number;
	readonly to: number;
	readonly step: number;
}

/** Seconds from one point to the next: of panels, and of marks, which lie closer together than on a board of six hours. */
const steps = { panel: 5, mark: 15 };

/** Asks all that a picture needs, of so many seconds until now. */
export async function drawingOf(port: number, picture: Picture, shown: number): Promise<Drawing> {
	const board = committed.find(([name]) => name === picture.board)?.[1];
	if (!board) throw new Error(`there is no board ${picture.board}`);
	const to = Math.floor(Date.now() / 1000);
	const span = { port, from: to - shown, to, step: steps.panel };
	const panels = placed(board, picture).map(async (panel) => ({
		panel: { ...panel, title: panel.title.replaceAll('$registry', picture.choice['registry'] ?? '') },
		answers: await answersTo(span, panel, picture.choice),
	}));
	const marks = marksOn(board, { ...span, step: steps.mark }, picture.choice);
	const { width = usualWidth } = picture;
	return { panels: await Promise.all(panels), marks: await marks, from: span.from, to, step: span.step, width };
}

/** The panels that a picture shows, where it shows them. */
function placed({ panels }: Board, { places }: Picture): readonly BoardPanel[] {
	return Object.entries(places).map(([title, gridPos]) => {
		const panel = panels.find((each) => each.title === title);
		if (!panel) throw new Error(`there is no panel ${title}`);
		return { ...panel, gridPos };
	});
}

async function answersTo(span: Span, panel: BoardPanel, choice: Choice): Promise<readonly Answer[]> {
	const asked = (panel.targets ?? []).map(async (target) => ({
		refId: target.refId,
		legend: target.legendFormat ?? '',
		table: target.format === 'table',
		series: await answer(span, target, choice),
	}));
	return Promise.all(asked);
}

async function answer(span: Span, { expr, instant }: Target, choice: Choice): Promise<readonly ApiSeries[]> {
	const query = interpolate(expr, choice);
	return instant === true ? ask(span, 'query', { query, time: String(span.to) }) : overTime(span, query);
}

function overTime(span: Span, query: string): Promise<readonly ApiSeries[]> {
	const { from, to, step } = span;
	return ask(span, 'query_range', { query, start: String(from), end: String(to), step: String(step) });
}

async function ask(
	{ port }: Span,
	path: string,
	parameters: Readonly<Record<string, string>>,
): Promise<readonly ApiSeries[]> {
	return ((await askPrometheus(port, path, parameters)) as { readonly result: readonly ApiSeries[] }).result;
}

async function marksOn({ annotations }: Board, span: Span, choice: Choice): Promise<readonly ColoredMark[]> {
	const asked = annotations.list.map(async ({ expr, iconColor }) => {
		const series = await overTime(span, interpolate(expr, choice));
		return marksOf(series, span.step).map((mark) => ({ ...mark, color: iconColor }));
	});
	return (await Promise.all(asked)).flat();
}
