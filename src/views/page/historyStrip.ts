import type { Summary, TargetState } from '../../store/targetState.ts';
import { count, span } from '../words/quantities.ts';
import { markup, type Html } from './markup.ts';

/** Attempts that the strip has room for at least and at most; the newest stands at its right end. */
const fewest = 40;
const most = 120;
const middle = 9;
const height = 16;

/** The recent attempts: what worked stands above the line, the higher the slower; what failed hangs below it. */
export function historyStrip({ history }: TargetState, now: number): Html {
	const shown = history.slice(-most);
	const [oldest] = shown;
	if (!oldest) return markup``;
	const places = Math.max(fewest, shown.length);
	const failed = shown.filter(({ success }) => !success).length;
	const since = span(Math.max(1, (now - oldest.at) / 1000));
	const said = `Last ${since}: ${failed === 0 ? 'no' : failed} of ${count(shown.length, 'attempt')} failed`;
	return markup`<figure class="history">
		<svg viewBox="0 0 ${places} ${height}" preserveAspectRatio="none" role="img" aria-label="${said}">
			<line x1="0" x2="${places}" y1="${middle}" y2="${middle}" />
			${shown.map((summary, at) => bar(summary, places - shown.length + at))}
		</svg>
		<figcaption>${said}</figcaption>
	</figure>`;
}

function bar({ success, seconds }: Summary, x: number): Html {
	if (!success) return markup`<rect class="lost" x="${x}" y="${middle}" width="0.8" height="${height - middle}" />`;
	const tall = Math.min(middle, Math.max(2.5, 3 + 2.5 * Math.log10(Math.max(seconds, 0.01) * 4))).toFixed(1);
	return markup`<rect class="won" x="${x}" y="${(middle - Number(tall)).toFixed(1)}" width="0.8" height="${tall}" />`;
}
