import type { Change, Evidence, PodExplanation } from '../../explain/podExplanation.ts';
import type { TargetState } from '../../store/targetState.ts';
import { count, span } from '../words/quantities.ts';
import { runbookAnchor } from '../words/explained.ts';
import { moment } from './clock.ts';
import type { PageInput } from './input.ts';
import { markup, type Html } from './markup.ts';
import { outside } from './outside.ts';
import { anchorOf } from './standing.ts';

/** Pods that are shown; the API has them all. */
const most = 20;
/** With more pods than this, each is one line that opens. */
const few = 2;
/** Pieces of evidence, changes and secrets that are shown of one pod. */
const mostOfOne = 12;
const textLength = 1000;
const imageLength = 300;

/** How lines begin that are meant for a shell. */
const commands = /^(?:kubectl|crictl|curl|ctr|dig|nc|openssl|systemctl) /;

const sources: Readonly<Record<Evidence['source'], string>> = {
	kubelet: 'kubelet',
	probe: 'probe',
	image: 'probe of this image',
	nodes: 'other nodes',
	configuration: 'configuration',
};

/** The pods of this node whose image does not come, each with its cause; nothing where there is none. */
export function podSection({ pods = [], states, now }: PageInput): Html {
	if (pods.length === 0) return markup``;
	const shown = pods.slice(0, most);
	const more = pods.length - shown.length;
	return markup`<section aria-labelledby="pods">
		<h2 id="pods">${count(pods.length, 'pod waits', 'pods wait')} for an image</h2>
		${shown.map((pod) => podItem(pod, { states, now, open: pods.length <= few }))}
		${more > 0 && markup`<p class="more">And ${count(more, 'more', 'more')} in the <a href="api/v1/pods">list of all</a>.</p>`}
	</section>`;
}

interface Frame {
	readonly states: readonly TargetState[];
	readonly now: number;
	readonly open: boolean;
}

function podItem(pod: PodExplanation, { states, now, open }: Frame): Html {
	const { namespace, pod: name, container, image, cause, summary, reason } = pod;
	return markup`<details class="target pod"${open && markup` open`}>
		<summary>
			<h3>${outside(`${namespace}/${name}`, 400)} <span class="word">${cause === 'unknown' ? 'cause unknown' : cause.replace('_', ' ')}</span></h3>
			<span class="when">${lasting(pod, now)}</span>
		</summary>
		<p class="image">container ${outside(container)}, ${outside(image, imageLength)}</p>
		<p class="cause">${outside(summary, textLength)}</p>
		<dl>
			${part('Where', whereOf(pod, states))}
			${part(
				'Seen',
				listOf(pod.evidence.slice(0, mostOfOne), (each) => evidenceItem(each, now)),
			)}
			${part(
				'Changed',
				listOf(pod.changed.slice(0, mostOfOne), (each) => changeItem(each, now)),
			)}
			${part('Secrets', listOf((pod.pullSecrets ?? []).slice(0, mostOfOne), secretItem))}
			${part('Do', linesOf(pod.remedy))}
			${part('More', reason === null ? undefined : runbookAnchor(reason))}
		</dl>
	</details>`;
}

function part(label: string, content: Html | string | undefined): Html {
	if (content === undefined) return markup``;
	return markup`<div>
		<dt>${label}</dt>
		<dd>${content}</dd>
	</div>`;
}

function listOf<Item>(items: readonly Item[], show: (item: Item) => Html): Html | undefined {
	return items.length === 0 ? undefined : markup`<ul>${items.map((item) => markup`<li>${show(item)}</li> `)}</ul>`;
}

function lasting({ state, since, tries }: PodExplanation, now: number): Html {
	const from =
		since === undefined ? '' : markup` since ${moment(since * 1000, now)} (${span(Math.max(1, now / 1000 - since))})`;
	return markup`${outside(state, 60)}${from}${tries !== undefined && `, ${count(tries, 'try', 'tries')}`}`;
}

/** Host, stage and reason; and the path of this page that shows the same. */
function whereOf(
	{ role, stage, reason, host, registry }: PodExplanation,
	states: readonly TargetState[],
): Html | undefined {
	const place = [...(role ? [role] : []), ...(stage ? [stage] : [])].join(' ');
	const path = states.find(({ target }) => target.registry === registry);
	if (reason === null && host === undefined && !path) return undefined;
	return markup`${place} <b>${reason ?? ''}</b>${host !== undefined && markup` at ${outside(host)}`}
		${path && markup`(<a href="#${anchorOf(path.target.id)}">path of ${outside(path.target.registry)}</a>)`}`;
}

function evidenceItem({ at, source, text }: Evidence, now: number): Html {
	return markup`${at !== undefined && moment(at * 1000, now)} <span class="role">${sources[source]}</span> ${outside(text, textLength)}`;
}

function changeItem({ at, text }: Change, now: number): Html {
	return markup`${moment(at * 1000, now)} ${outside(text, textLength)}`;
}

function secretItem({ name, success, reason }: NonNullable<PodExplanation['pullSecrets']>[number]): Html {
	return markup`${outside(name)} ${success ? 'is taken' : markup`is refused${reason !== undefined && `: ${reason}`}`}`;
}

/** Each line by itself: some are commands that are meant to be pasted. */
function linesOf(text: string): Html | undefined {
	const lines = text.split('\n', mostOfOne).filter((line) => line.trim() !== '');
	return lines.length === 0 ? undefined : markup`${lines.map(lineOf)}`;
}

function lineOf(line: string): Html {
	const said = outside(line, textLength);
	return commands.test(line) ? markup`<p><code>${said}</code></p>` : markup`<p>${said}</p>`;
}
