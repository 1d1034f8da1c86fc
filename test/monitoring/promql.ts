/** A metric that a query asks for, and the labels that it is narrowed down by. */
export interface Selector {
	readonly metric: string;
	readonly labels: readonly string[];
}

/** `by`, `on`, `group_left` and their like, with their labels. */
export interface Grouping {
	readonly keyword: string;
	readonly labels: readonly string[];
}

const grouping = /\b(by|without|on|ignoring|group_left|group_right)\s*\(([^)]*)\)/g;
const words: ReadonlySet<string> = new Set(['and', 'or', 'unless', 'bool', 'offset']);

/** The series that a query asks for. As much of PromQL as the rules use; promtool reads the whole. */
export function selectorsIn(query: string): readonly Selector[] {
	const plain = query
		.replace(/"(?:[^"\\]|\\.)*"/g, '""')
		.replace(grouping, ' ')
		.replace(/\[[^\]]*\]/g, '');
	const found = plain.matchAll(/(?<![\w.:])([a-zA-Z_:][\w:]*)\s*(\{[^}]*\}|\()?/g);
	return [...found].flatMap(([, metric = '', rest = '']) => {
		if (rest === '(' || words.has(metric)) return [];
		return { metric, labels: [...rest.matchAll(/(\w+)\s*[=!]/g)].map(([, label = '']) => label) };
	});
}

/** How a query groups and joins. */
export function groupingsIn(query: string): readonly Grouping[] {
	return [...query.matchAll(grouping)].map(([, keyword = '', labels = '']) => ({
		keyword,
		labels: labels.split(',').flatMap((label) => label.trim() || []),
	}));
}
