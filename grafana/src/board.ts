import {
	DashboardBuilder,
	DashboardCursorSync,
	RowBuilder,
	type AnnotationQueryBuilder,
	type ConstantVariableBuilder,
	type Dashboard,
	type DashboardLink,
	type DatasourceVariableBuilder,
	type Panel,
	type QueryVariableBuilder,
	type RowPanel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { layOut } from './layout.ts';
import { linksToOthers } from './links.ts';
import type { AnyPanel } from './panels/dress.ts';
import { type BoardName, titles, uids } from './uids.ts';

type AnyRow = Panel | RowPanel;

/** Panels below each other under a heading; the first ones of a board have none. */
export interface Section {
	readonly title?: string;
	/** Shown once for each value of this variable. */
	readonly repeat?: string;
	readonly panels: readonly AnyPanel[];
}

export interface BoardWords {
	readonly name: BoardName;
	readonly description: string;
	readonly variables: readonly (ConstantVariableBuilder | DatasourceVariableBuilder | QueryVariableBuilder)[];
	readonly annotations: readonly AnnotationQueryBuilder[];
	readonly sections: readonly Section[];
}

/** What Grafana 11.0 writes; later ones read it and bring it up to date themselves. */
const schemaVersion = 39;

/** A whole board. */
export function board({ name, description, variables, annotations, sections }: BoardWords): Dashboard {
	const built = new DashboardBuilder(titles[name])
		.uid(uids[name])
		.description(description)
		.tags(['registry-probe'])
		.time({ from: 'now-6h', to: 'now' })
		.refresh('1m')
		.tooltip(DashboardCursorSync.Crosshair)
		.links(linksToOthers(name))
		.variables([...variables])
		.annotations([...annotations])
		.build();
	const links = (built.links ?? []).map(inSight);
	return { ...built, schemaVersion, links, panels: numbered(sections.reduce(withSection, [])) };
}

/** The SDK puts links into the menu that Grafana 12 has for what is seldom used. */
function inSight(link: DashboardLink): DashboardLink {
	const shown = { ...link };
	delete shown.placement;
	return shown;
}

/** Puts a section below what is there. */
function withSection(above: readonly AnyRow[], { title, repeat, panels }: Section): AnyRow[] {
	const line = Math.max(0, ...above.map(({ gridPos }) => (gridPos ? gridPos.y + gridPos.h : 0)));
	const heading = title === undefined ? [] : [headingOf(title, repeat, line)];
	const { placed } = layOut(
		panels.map((panel) => panel.build()),
		line + heading.length,
	);
	return [...above, ...heading, ...placed];
}

function headingOf(title: string, repeat: string | undefined, y: number): RowPanel {
	const row = new RowBuilder(title).gridPos({ x: 0, y, w: 24, h: 1 });
	return (repeat === undefined ? row : row.repeat(repeat)).build();
}

/** Gives every panel its number, by which links name it. */
function numbered(panels: readonly AnyRow[]): AnyRow[] {
	return panels.map((panel, index) => ({ ...panel, id: index + 1 }));
}
