import { printable } from '../../registry/redact.ts';
import type { AgentState } from '../../store/agentState.ts';
import { count } from '../words/quantities.ts';
import { markup, type Html } from './markup.ts';

/** Faults that are shown; the plan has them all. */
const most = 5;

/** What the node's own pull configuration has wrong, by file and line; nothing while there is nothing. */
export function nodeFaultNote(agent: AgentState | undefined): Html {
	const faults = agent?.nodeFaults ?? [];
	if (faults.length === 0) return markup``;
	const more = faults.length - most;
	return markup`<section class="configuration quiet" aria-label="Configuration of the node">
		<p>The node's own pull configuration has ${count(faults.length, 'fault', 'faults')}.</p>
		<ul>
			${faults.slice(0, most).map(({ file, line, fault, detail }) => markup`<li><code>${printable(file)}${line !== undefined && `:${line}`}</code> <b>${fault}</b> ${printable(detail, 300)}</li>`)}
			${more > 0 && markup`<li>${count(more, 'more fault', 'more faults')} in the <a href="/api/v1/plan">plan</a></li>`}
		</ul>
	</section>`;
}
