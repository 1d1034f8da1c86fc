import type { GridPos, Panel } from '@grafana/grafana-foundation-sdk/dashboard';

/** The columns of Grafana's grid. */
const columns = 24;

interface Place {
	readonly x: number;
	readonly y: number;
}

/**
 * Puts panels of known size below the line `from`, each as far up and then as far left as it fits. Gives them with their
 * places, and the line below all of them.
 */
export function layOut(panels: readonly Panel[], from: number): { readonly placed: Panel[]; readonly below: number } {
	const filled: number[] = Array.from({ length: columns }, () => from);
	const placed = panels.map((panel) => {
		const { w, h } = panel.gridPos ?? { w: columns, h: 1 };
		const { x, y } = highest(filled, w);
		filled.fill(y + h, x, x + w);
		const gridPos: GridPos = { x, y, w, h };
		return { ...panel, gridPos };
	});
	return { placed, below: Math.max(...filled) };
}

/** `filled`: how far down each column is taken. */
function highest(filled: readonly number[], width: number): Place {
	const starts = filled.slice(0, columns - width + 1);
	const places = starts.map((_, x) => ({ x, y: Math.max(...filled.slice(x, x + width)) }));
	const [first = { x: 0, y: 0 }] = places.toSorted((a, b) => a.y - b.y || a.x - b.x);
	return first;
}
