import type { AgentState } from '../../store/agentState.ts';
import { moment } from './clock.ts';
import { markup, type Html } from './markup.ts';
import { outside } from './outside.ts';

/** Faults that are shown of a configuration file. */
const most = 5;

/** A word about a configuration that could not be taken over; nothing while all is well. */
export function configurationNote(agent: AgentState | undefined, now: number): Html {
	const configuration = agent?.configuration;
	if (!configuration || configuration.successful) return markup``;
	const { at, faults } = configuration;
	return markup`<section class="configuration" aria-label="Configuration">
		<p>The configuration read at ${moment(at, now)} is unusable; the agent keeps running with the one before.</p>
		<ul>
			${faults.slice(0, most).map(({ file, line, path, fault }) => markup`<li><code>${outside(line === undefined ? file : `${file}:${line}`)}</code> ${path !== undefined && markup`${outside(path)}: `}${outside(fault, 300)}</li>`)}
		</ul>
	</section>`;
}
