import { type DataFrame, getValueFormats, ThemeContext } from '@grafana/data';
import { PanelChrome } from '@grafana/ui';
import type { ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import type { AnsweredPanel, Drawing } from '../drawing.ts';
import { prepared, registerStandards, theme } from './fields.ts';
import { framesOf } from './frames.ts';
import { View } from './view.tsx';

/** Grafana's grid: so many columns on every page, lines of so many pixels, and what is left free between panels. */
const grid = { columns: 24, line: 38, gap: 8 };

interface Ready extends AnsweredPanel {
	readonly frames: DataFrame[];
}

function Place({ panel, frames, drawing }: Ready & { readonly drawing: Drawing }): ReactElement {
	const { x, y, w, h } = panel.gridPos;
	const column = drawing.width / grid.columns;
	const [width, height] = [w * column - grid.gap, h * grid.line - grid.gap];
	const place = { position: 'absolute', left: x * column, top: y * grid.line, width, height } as const;
	if (panel.type === 'row') {
		return <h3 style={{ ...place, margin: 0, paddingTop: 4, fontSize: 16 }}>{panel.title}</h3>;
	}
	return (
		<div style={place}>
			<PanelChrome title={panel.title} width={width} height={height} padding={panel.type === 'table' ? 'none' : 'md'}>
				{(innerWidth, innerHeight) => (
					<View panel={panel} frames={frames} drawing={drawing} width={innerWidth} height={innerHeight} />
				)}
			</PanelChrome>
		</div>
	);
}

let shown = { unmount(): void {} };

/** Draws panels into the page in place of those before; the topmost stands at its upper edge. */
async function draw(drawing: Drawing): Promise<void> {
	const top = Math.min(...drawing.panels.map(({ panel }) => panel.gridPos.y));
	const ready = await Promise.all(
		drawing.panels.map(async ({ panel, answers }) => ({
			panel: { ...panel, gridPos: { ...panel.gridPos, y: panel.gridPos.y - top } },
			answers,
			frames: panel.type === 'row' ? [] : await prepared(panel, framesOf(answers, drawing.step)),
		})),
	);
	const bottom = Math.max(...ready.map(({ panel }) => panel.gridPos.y + panel.gridPos.h));
	const root = document.querySelector<HTMLElement>('#root');
	if (!root) throw new Error('the page has no root');
	root.style.cssText = `position: relative; width: ${drawing.width}px; height: ${bottom * grid.line}px`;
	shown.unmount();
	const next = createRoot(root);
	shown = next;
	next.render(
		<ThemeContext.Provider value={theme}>
			{ready.map((each) => (
				<Place key={each.panel.id} {...each} drawing={drawing} />
			))}
		</ThemeContext.Provider>,
	);
}

/** All units that the library knows. */
function units(): readonly string[] {
	const ids = getValueFormats().flatMap(({ submenu }) => submenu.map(({ value }) => value));
	return [...new Set(ids)].toSorted((one, other) => (one < other ? -1 : 1));
}

registerStandards();
Object.assign(globalThis, { draw, units });
