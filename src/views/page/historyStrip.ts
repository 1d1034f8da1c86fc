import type { Summary, TargetState } from '../../store/targetState.ts';
import { count, span } from '../words/quantities.ts';
import { markup, type Html } from './markup.ts';

/** Attempts that the strip has room for at least and at most; the newest stands at its right end. */
const fewest = 40;
const most = 120;
const middle = 9;
const height = 16;

/** The recent attempts as a figure with its words. */
export function historyStrip({ history }: TargetState, now: number): Html {
	const shown = history.slice(-most);
	const [oldest] = shown;
	if (!oldest) return markup``;
	const failed = shown.filter(({ success }) => !success).length;
	const since = span(Math.max(1, (now - oldest.at) / 1000));
	const said = `Last ${since}: ${failed === 0 ? 'no' : failed} of ${count(shown.length, 'attempt')} failed`;
	return markup`<figure class="history">
		${bars(shown, markup`role="img" aria-label="${said}"`)}
		<figcaption>${said}</figcaption>
	</figure>`;
}

/** The same without words, for a line that says them itself. */
export function bareStrip({ history }: TargetState): Html {
	return history.length === 0 ? markup`` : bars(history.slice(-most), markup`class="strip" aria-hidden="true"`);
}

/** What worked stands above the line, the higher the slower; what failed hangs below it. */
function bars(shown: readonly Summary[], attributes: Html): Html {
	const places = Math.max(fewest, shown.length);
	const first = places - shown.length;
	const draw = (success: boolean) =>
		shown
			.map((summary, at) => (summary.success === success ? `M${first + at}.4 ${middle}v${reach(summary)}` : ''))
			.join('');
	return markup`<svg viewBox="0 0 ${places} ${height}" preserveAspectRatio="none" ${attributes}>
		<path class="base" d="M0 ${middle}H${places}" />
		<path class="won" d="${draw(true)}" />
		<path class="lost" d="${draw(false)}" />
	</svg>`;
}

/** How far a bar reaches from the line; upwards is negative. */
function reach({ success, seconds }: Summary): string {
	if (!success) return String(height - middle);
	return `-${Math.min(middle, Math.max(2.5, 3 + 2.5 * Math.log10(Math.max(seconds, 0.01) * 4))).toFixed(1)}`;
}
