import { type DataFrame, FieldType, getFieldDisplayName } from '@grafana/data';
import type { ReactElement } from 'react';
import type { ColoredMark } from '../drawing.ts';
import { theme } from './fields.ts';
import { inkOf } from './marks.tsx';

/** A part of a row in which nothing changes. Times in milliseconds. */
interface Stretch {
	readonly from: number;
	to: number;
	readonly text: string;
	readonly color: string;
}

export interface TimelineProps {
	readonly frames: readonly DataFrame[];
	readonly width: number;
	readonly height: number;
	readonly from: number;
	readonly to: number;
	/** Milliseconds from one point to the next. */
	readonly step: number;
	readonly marks: readonly ColoredMark[];
}

const ink = { primary: '#24292e', secondary: '#5a6069' };
const axisHeight = 18;

/**
 * States over time. Grafana's own state timeline is no part of its libraries: names, words and colours come from them,
 * the rectangles are drawn here.
 */
export function Timeline({ frames, width, height, from, to, step, marks }: TimelineProps): ReactElement {
	const namesWidth = Math.min(270, width * 0.45);
	const rowHeight = Math.min(26, (height - axisHeight) / Math.max(1, frames.length));
	const x = (at: number) => namesWidth + ((at - from) / (to - from)) * (width - namesWidth);
	const ticks = Array.from({ length: 3 }, (_, index) => from + ((to - from) * (index + 0.5)) / 3);
	return (
		<svg width={width} height={height} fontFamily={theme.typography.fontFamily} fontSize={11}>
			{frames.map((frame, row) => (
				<g key={row} transform={`translate(0 ${row * rowHeight})`}>
					<text x={namesWidth - 8} y={rowHeight / 2 + 4} textAnchor="end" fill={ink.primary}>
						{shortened(nameOf(frame), namesWidth / 6.2)}
					</text>
					{stretchesOf(frame, step).map((stretch) => (
						<rect
							key={stretch.from}
							x={x(stretch.from)}
							y={rowHeight * 0.1}
							width={Math.max(0, Math.min(width, x(stretch.to)) - x(stretch.from))}
							height={rowHeight * 0.8}
							fill={stretch.color}
							fillOpacity={0.8}
						/>
					))}
				</g>
			))}
			{marks.map((mark) => (
				<line
					key={`${mark.color} ${mark.from}`}
					x1={x(mark.from * 1000)}
					x2={x(mark.from * 1000)}
					y1={0}
					y2={height - axisHeight}
					stroke={inkOf(mark)}
					strokeDasharray="4 3"
				/>
			))}
			{ticks.map((at) => (
				<text key={at} x={x(at)} y={height - 4} textAnchor="middle" fill={ink.secondary}>
					{new Date(at).toISOString().slice(11, 19)}
				</text>
			))}
		</svg>
	);
}

function shortened(name: string, letters: number): string {
	return name.length > letters ? `${name.slice(0, letters - 1)}…` : name;
}

function nameOf(frame: DataFrame): string {
	const field = frame.fields.find(({ type }) => type === FieldType.number);
	return field ? getFieldDisplayName(field, frame) : '';
}

function stretchesOf(frame: DataFrame, step: number): readonly Stretch[] {
	const [time, values] = [FieldType.time, FieldType.number].map((kind) =>
		frame.fields.find(({ type }) => type === kind),
	);
	const stretches: Stretch[] = [];
	for (const [at, value] of (values?.values ?? []).entries()) {
		const { text = '', color = 'none' } = values?.display?.(value) ?? {};
		const begins = Number(time?.values[at]);
		const last = stretches.at(-1);
		if (last?.text === text && last.to >= begins) last.to = begins + step;
		else stretches.push({ from: begins, to: begins + step, text, color });
	}
	return stretches;
}
