import { printable } from '../../registry/redact.ts';
import { alsoGauge } from './alsoGauge.ts';
import { certificateGauge } from './certificateGauge.ts';
import { moment } from './clock.ts';
import { conditionsOf } from './condition.ts';
import { configurationNote } from './configurationNote.ts';
import { answerOf, headlineNotes } from './headline.ts';
import { Html, markup } from './markup.ts';
import type { PageInput } from './input.ts';
import { lastFailures } from './lastFailures.ts';
import { mirrorGauge } from './mirrorGauge.ts';
import { nameserverGauge } from './nameserverGauge.ts';
import { nodeFaultNote } from './nodeFaultNote.ts';
import { quotaGauge } from './quotaGauge.ts';
import { pageStyle } from './style.ts';
import { targetRow } from './targetRow.ts';

/** Seconds until the page loads itself anew. */
const refresh = 10;
/** With more targets than this, working ones take one line each. */
const roomy = 6;

/** The status page of one node: an HTML document that needs nothing beside itself, neither script nor file. */
export function renderPage(input: PageInput): string {
	const { node, network, states, verdicts, agent, now, version } = input;
	const conditions = conditionsOf(states, verdicts, now);
	const name = printable(node);
	const answer = answerOf(input);
	const fails = verdicts.some(({ success }) => !success);
	return markup`<!doctype html>
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<meta http-equiv="refresh" content="${refresh}; url=." />
				<meta name="color-scheme" content="light dark" />
				<title>${fails ? '✗' : '✓'} ${name} ${answer}</title>
				<style>${new Html(pageStyle)}</style>
			</head>
			<body>
				<header class="top">
					<h1>${name} <span>${answer}</span></h1>
					${headlineNotes(conditions, now)}
				</header>
				${configurationNote(agent, now)}${nodeFaultNote(agent)}
				<div class="columns">
					<main>
						<h2 class="hidden">Paths</h2>
						${conditions.map((condition) => targetRow(condition, conditions.length > roomy, now))}
						${states.length === 0 && markup`<p class="none">Nothing is probed yet. Name registries in the configuration file, or wait until discovery has found some.</p>`}
						<section class="failures">
							<h2>Last failures</h2>
							${lastFailures(states, now)}
						</section>
					</main>
					<aside aria-label="Gauges">
						${quotaGauge(states)}${certificateGauge(states, now)}${nameserverGauge(states)}${mirrorGauge(conditions)}${alsoGauge(states)}
					</aside>
				</div>
				<footer>
					<p>registry-probe ${version}, ${network} network, made at ${moment(now, now)}, again every ${refresh} s.</p>
					<p>
						<a href="/metrics">metrics</a> <a href="/api/v1/observations">observations</a>
						<a href="/api/v1/plan">plan</a>
					</p>
				</footer>
			</body>
		</html>`.text;
}
