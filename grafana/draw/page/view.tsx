import {
	type DataFrame,
	dateTime,
	FieldType,
	getFieldDisplayValues,
	getDisplayValueAlignmentFactors,
	type FieldConfigSource,
	type ReduceDataOptions,
	type TimeRange,
	VizOrientation,
} from '@grafana/data';
import { BarGauge, BigValue, TimeSeries } from '@grafana/ui';
import { TableNG } from '@grafana/ui/unstable';
import type { ComponentProps, ReactElement } from 'react';
import type { BoardPanel } from '../../../test/grafana/board.ts';
import type { Drawing } from '../drawing.ts';
import { theme } from './fields.ts';
import { Marks } from './marks.tsx';
import { Timeline } from './timeline.tsx';

export interface ViewProps {
	readonly panel: BoardPanel;
	readonly frames: DataFrame[];
	readonly drawing: Drawing;
	readonly width: number;
	readonly height: number;
}

/** What is inside of a panel. */
export function View(props: ViewProps): ReactElement {
	const { panel, frames } = props;
	const isEmpty = frames.every(({ length }) => length === 0);
	if (isEmpty && panel.type !== 'stat') return <Nothing text={panel.fieldConfig?.defaults.noValue ?? 'No data'} />;
	switch (panel.type) {
		case 'table':
			return <Rows {...props} />;
		case 'timeseries':
			return <Lines {...props} />;
		case 'state-timeline':
			return <States {...props} />;
		case 'bargauge':
			return <Bars {...props} />;
		case 'stat':
			return <Numbers {...props} />;
		default:
			throw new Error(`no panel is drawn of the type ${panel.type}`);
	}
}

function Nothing({ text }: { readonly text: string }): ReactElement {
	return <div style={{ height: '100%', display: 'grid', placeItems: 'center', textAlign: 'center' }}>{text}</div>;
}

type TableProps = ComponentProps<typeof TableNG>;

function Rows({ panel, frames, width, height }: ViewProps): ReactElement {
	const [data] = frames;
	const sortBy = panel.options?.['sortBy'] as TableProps['sortBy'];
	if (!data) return <Nothing text="No data" />;
	return <TableNG data={data} width={width} height={height} {...(sortBy && { sortBy })} enableVirtualization={false} />;
}

function rangeOf({ from, to }: Drawing): TimeRange {
	const [begin, end] = [dateTime(from * 1000), dateTime(to * 1000)];
	return { from: begin, to: end, raw: { from: begin, to: end } };
}

function Lines({ panel, frames, drawing, width, height }: ViewProps): ReactElement {
	const legend = panel.options?.['legend'] as ComponentProps<typeof TimeSeries>['legend'];
	return (
		<TimeSeries
			frames={frames}
			width={width}
			height={height}
			timeRange={rangeOf(drawing)}
			timeZone="utc"
			legend={legend}
			options={panel.options ?? {}}
		>
			{(config) => <Marks marks={drawing.marks} config={config} />}
		</TimeSeries>
	);
}

function States({ frames, drawing, width, height }: ViewProps): ReactElement {
	const { from, to, step, marks } = drawing;
	return (
		<Timeline
			frames={frames.filter(({ fields }) => fields.some(({ type }) => type === FieldType.number))}
			width={width}
			height={height}
			from={from * 1000}
			to={to * 1000}
			step={step * 1000}
			marks={marks}
		/>
	);
}

/** One value for each series, as Grafana's number panels reduce them. */
function valuesOf({ panel, frames }: ViewProps): ReturnType<typeof getFieldDisplayValues> {
	return getFieldDisplayValues({
		data: frames,
		reduceOptions: panel.options?.['reduceOptions'] as ReduceDataOptions,
		fieldConfig: panel.fieldConfig as unknown as FieldConfigSource,
		replaceVariables: (text) => text,
		theme,
		timeZone: 'utc',
	});
}

function Bars(props: ViewProps): ReactElement {
	const { panel, width, height } = props;
	const values = valuesOf(props);
	const most = Math.max(1, ...values.map(({ display }) => display.numeric));
	const each = Math.min(36, height / Math.max(1, values.length));
	return (
		<div style={{ display: 'grid', gap: 4 }}>
			{values.map(({ display, field }) => (
				<BarGauge
					key={display.title}
					value={display}
					field={{ ...field, max: field.max ?? most }}
					theme={theme}
					width={width}
					height={each - 4}
					orientation={VizOrientation.Horizontal}
					displayMode={panel.options?.['displayMode'] as ComponentProps<typeof BarGauge>['displayMode']}
					alignmentFactors={getDisplayValueAlignmentFactors(values)}
					showUnfilled
				/>
			))}
		</div>
	);
}

type BigValueProps = ComponentProps<typeof BigValue>;

function Numbers(props: ViewProps): ReactElement {
	const { panel, width, height } = props;
	const values = valuesOf(props);
	return (
		<div style={{ display: 'flex', gap: 4 }}>
			{values.map(({ display }, index) => (
				<BigValue
					key={index}
					value={display}
					theme={theme}
					width={width / values.length - 4}
					height={height}
					colorMode={panel.options?.['colorMode'] as BigValueProps['colorMode']}
					graphMode={panel.options?.['graphMode'] as BigValueProps['graphMode']}
					textMode={panel.options?.['textMode'] as NonNullable<BigValueProps['textMode']>}
				/>
			))}
		</div>
	);
}
