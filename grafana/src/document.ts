import type { Dashboard, Panel, RowPanel } from '@grafana/grafana-foundation-sdk/dashboard';

/** The list of a board's panels, section by section, for docs/dashboards.md. */
export function panelList({ panels = [] }: Dashboard): string {
	return panels.map(lineOf).join('\n');
}

function lineOf(panel: Panel | RowPanel): string {
	if (panel.type === 'row') return `\n${panel.title}:\n`;
	const description = 'description' in panel ? panel.description : undefined;
	return `- **${panel.title}** ${description}`;
}

/** Puts the lists of panels where the document has places for them, by the names of the boards' files. */
export function withPanels(document: string, boards: Readonly<Record<string, Dashboard>>): string {
	return document.replaceAll(/<!-- panels of ([\w-]+\.json) -->\n[^]*?<!-- end -->/g, (place: string, name: string) => {
		const board = boards[name];
		if (!board) throw new Error(`there is no board for ${place.split('\n')[0]}`);
		return `<!-- panels of ${name} -->\n${panelList(board)}\n<!-- end -->`;
	});
}
