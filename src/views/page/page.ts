import { printable } from '../../registry/redact.ts';
import { alsoGauge } from './alsoGauge.ts';
import { certificateGauge } from './certificateGauge.ts';
import { moment } from './clock.ts';
import { conditionsOf } from './condition.ts';
import { configurationNote } from './configurationNote.ts';
import { answerOf, headlineNotes, markOfPage } from './headline.ts';
import type { PageInput } from './input.ts';
import { lastFailures } from './lastFailures.ts';
import { Html, markup } from './markup.ts';
import { mirrorGauge } from './mirrorGauge.ts';
import { nameserverGauge } from './nameserverGauge.ts';
import { nodeSection } from './nodeSection.ts';
import { outside } from './outside.ts';
import { calmPaths, troubledPaths } from './paths.ts';
import { podSection } from './podSection.ts';
import { quotaGauge } from './quotaGauge.ts';
import { pageStyle } from './style.ts';

/** Seconds until a page that was asked to follow looks again. */
const again = 30;

/**
 * The status page of one node: an HTML document that needs nothing beside itself, neither script nor file. It changes only
 * when its reader asks for that: a page that loads itself anew takes a screen reader, a magnifier and an opened line back
 * to the top (WCAG 2.2, 2.2.2 and technique F41).
 */
export function renderPage(input: PageInput): string {
	const { states, verdicts, agent, now, node } = input;
	const conditions = conditionsOf(states, verdicts, now);
	const answer = answerOf(input);
	const mark = markOfPage(input, conditions);
	return markup`<!doctype html>
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				${input.follow === true && markup`<meta http-equiv="refresh" content="${again}; url=?follow" />`}
				<meta name="color-scheme" content="light dark" />
				<title>${mark} ${printable(node)} ${answer}</title>
				<style>${new Html(pageStyle)}</style>
			</head>
			<body>
				<a class="skip" href="#paths">Skip to the paths</a>
				<header class="top">
					<h1><span class="mark" aria-hidden="true">${mark}</span> ${outside(node)} <span>${answer}</span></h1>
					${lookLine(input)} ${headlineNotes(input, conditions)}
				</header>
				<div class="columns">
					<main id="paths">
						${configurationNote(agent, now)} ${troubledPaths(conditions, now)} ${podSection(input)} ${calmPaths(conditions, now)}
						${states.length === 0 && markup`<p class="none">Nothing is probed yet. Name registries in the configuration file, or wait until discovery has found some.</p>`}
						<section class="failures" aria-labelledby="failures">
							<h2 id="failures">Last failures</h2>
							${lastFailures(states, now)}
						</section>
						${nodeSection(input)}
					</main>
					<aside aria-label="Gauges">
						${quotaGauge(states, now)}${certificateGauge(states, now)}${nameserverGauge(states)}${mirrorGauge(conditions)}${alsoGauge(states)}
					</aside>
				</div>
				${footer(input)}
			</body>
		</html>`.text;
}

/** How old all this is, and the ways to something newer. */
function lookLine({ now, follow }: PageInput): Html {
	const ways =
		follow === true
			? markup`<span>looks again every ${again} s</span> <a href=".">Stop</a>`
			: markup`<a href=".">Look again</a> <a href="?follow">Follow, every ${again} s</a>`;
	return markup`<p class="look"><span>As of ${moment(now, now)}</span> ${ways}</p>`;
}

function footer({ version, network, pods }: PageInput): Html {
	return markup`<footer>
		<p>registry-probe ${version}, ${network} network</p>
		<p>
			<a href="metrics">metrics</a> <a href="api/v1/observations">observations</a> <a href="api/v1/plan">plan</a>
			${pods && markup`<a href="api/v1/pods">pods</a>`}
		</p>
	</footer>`;
}
