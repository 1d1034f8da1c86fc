import { DashboardLinkBuilder, DashboardLinkType } from '@grafana/grafana-foundation-sdk/dashboard';
import { documents } from './documents.ts';
import type { Link } from './panels/column.ts';
import { type BoardName, titles, uids } from './uids.ts';

/** The variables that mean the same on every board. */
const shared = ['datasource', 'cluster', 'network'].map((name) => `\${${name}:queryparam}`).join('&');

/** The links to the other boards, which keep the time and what is chosen on all of them. */
export function linksToOthers(than: BoardName): DashboardLinkBuilder[] {
	const others = (Object.keys(uids) as BoardName[]).filter((name) => name !== than);
	return others.map((name) =>
		new DashboardLinkBuilder(titles[name].replace('Registry probe / ', ''))
			.type(DashboardLinkType.Link)
			.url(`/d/${uids[name]}?${shared}`)
			.icon('dashboard')
			.tooltip(titles[name])
			.keepTime(true)
			.includeVars(false)
			.targetBlank(false),
	);
}

/** A link from a cell of a table to the board of what the row names. */
function linkTo(name: BoardName, title: string, variable: string, field: string): Link {
	const value = `var-${variable}=\${__data.fields.${field}}`;
	return { title, url: `/d/${uids[name]}?${shared}&${value}&\${__url_time_range}` };
}

/** `field`: the title of the column that holds the node's name. */
export const toNode = (field = 'Node') => linkTo('node', 'What does this node see?', 'node', field);

/** `field`: the title of the column that holds the registry's name. */
export const toRegistry = (field = 'Registry') => linkTo('registry', 'How do all nodes see it?', 'registry', field);

/** A link from a reason to its section of the runbook. `field`: the title of the column that holds the reason. */
export function toRunbook(field = 'Reason'): Link {
	const url = `\${${documents}:raw}/runbook.md#\${__data.fields.${field}}`;
	return { title: 'docs/runbook.md: what it means, what to do', url, targetBlank: true };
}
