import type { PlanDocument, PlannedTarget } from '../../plan/planDocument.ts';
import type { AgentState } from '../../store/agentState.ts';
import { nodeFacts } from '../words/nodeFacts.ts';
import { count } from '../words/quantities.ts';
import type { PageInput } from './input.ts';
import { markup, type Html } from './markup.ts';
import { outside } from './outside.ts';

type NodeFault = AgentState['nodeFaults'][number];

/** Faults that are shown; the plan has them all. */
const mostFaults = 12;
/** Hosts whose settings are shown; the plan has them all. */
const mostHosts = 60;
const textLength = 600;

/** What the node's own configuration says about pulls: its faults by file and line, and on demand what follows from it. */
export function nodeSection({ agent, plan }: PageInput): Html {
	const faults = agent?.nodeFaults ?? [];
	if (faults.length === 0 && !plan) return markup``;
	return markup`<section aria-labelledby="node" class="node">
		<h2 id="node">What this node says about pulls</h2>
		${faultList(faults)} ${plan && settings(plan)}
	</section>`;
}

function faultList(faults: readonly NodeFault[]): Html {
	if (faults.length === 0) return markup`<p class="none">No fault was found in its configuration.</p>`;
	const more = faults.length - mostFaults;
	return markup`<p>Its configuration has ${count(faults.length, 'fault')}.</p>
		<ul class="faults">
			${faults.slice(0, mostFaults).map(faultItem)}
			${more > 0 && markup`<li>${count(more, 'more fault')} in the <a href="api/v1/plan">plan</a></li>`}
		</ul>`;
}

function faultItem({ file, line, fault, detail }: NodeFault): Html {
	return markup`<li><code>${outside(line === undefined ? file : `${file}:${line}`, textLength)}</code> <b>${fault}</b> ${outside(detail, textLength)}</li> `;
}

function settings(plan: PlanDocument): Html {
	return markup`<details class="settings">
		<summary>Runtime, names, mirrors, proxies, trust and logins</summary>
		<dl>
			${nodeFacts(plan).map(
				({ label, text }) => markup`<div>
					<dt>${label}</dt>
					<dd>${outside(text, 2000)}</dd>
				</div>`,
			)}
		</dl>
		${plan.targets.length > 0 && hostTable(plan.targets)}
	</details>`;
}

const columns = ['Registry', 'Host', 'Proxy', 'Trust', 'Login', 'Because'] as const;

function hostTable(targets: readonly PlannedTarget[]): Html {
	const more = targets.length - mostHosts;
	return markup`<table>
		<thead>
			<tr>
				${columns.map((column) => markup`<th scope="col">${column}</th>`)}
			</tr>
		</thead>
		<tbody>
			${targets.slice(0, mostHosts).map(hostRow)}
		</tbody>
	</table>
	${more > 0 && markup`<p class="more">And ${count(more, 'more', 'more')} in the <a href="api/v1/plan">plan</a>.</p>`}`;
}

function hostRow(target: PlannedTarget): Html {
	const { registry, host, via, proxy, proxySource, credentials, source } = target;
	const place = source && (source.line === undefined ? source.file : `${source.file}:${source.line}`);
	const cells = [
		outside(registry),
		markup`${outside(host)} <small>${via}</small>`,
		proxy === undefined ? 'none' : markup`${outside(proxy)} <small>${outside(proxySource ?? '', textLength)}</small>`,
		outside(trustOf(target), textLength),
		credentials.source,
		place === undefined ? 'built in' : outside(place, textLength),
	];
	return markup`<tr>
		${cells.map((cell, at) => markup`<td data-label="${columns[at] ?? ''}">${cell}</td>`)}
	</tr>`;
}

function trustOf({ url, insecure, ca }: PlannedTarget): string {
	if (url.startsWith('http:')) return 'plain http';
	if (insecure) return 'not verified';
	return ca === undefined ? 'bundle' : `bundle and ${ca}`;
}
