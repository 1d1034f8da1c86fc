import { fill, fillCommand } from '../../src/reasons/fill.ts';
import { pathStages } from '../../src/reasons/explanation.ts';
import type { Explanation, PathStage } from '../../src/reasons/explanation.ts';
import { messageReasons, probeReasons } from '../../src/reasons/reason.ts';
import type { AnyReason } from '../../src/reasons/reason.ts';
import { explanations } from '../../src/reasons/table.ts';
import { withRegion } from './regions.ts';
import { tableOf } from './table.ts';

/** Everything of docs/runbook.md after this line is made. */
export const marker = '<!-- The rest is made from src/reasons: npm run docs -->';

const rolesAt: Readonly<Record<PathStage, readonly string[]>> = {
	dns: ['registry', 'token', 'redirect', 'blob'],
	tcp: ['registry', 'token', 'redirect', 'blob'],
	proxy: ['registry', 'token', 'redirect', 'blob'],
	tls: ['registry', 'token', 'redirect', 'blob'],
	challenge: ['registry'],
	token: ['token'],
	manifest: ['registry', 'redirect'],
	blob: ['registry', 'blob'],
};

function codes(words: readonly string[]): string {
	return words.map((word) => `\`${word}\``).join(', ');
}

function where(stages: readonly PathStage[]): string {
	if (stages.length === 0) return 'No stage: only a message of kubelet or the runtime tells.';
	const reached = new Set(stages.flatMap((stage) => rolesAt[stage]));
	const roles = rolesAt.dns.filter((role) => reached.has(role));
	const named =
		roles.length === rolesAt.dns.length ? 'every role' : `${roles.length > 1 ? 'roles' : 'role'} ${codes(roles)}`;
	if (stages.length === pathStages.length) return `Every stage, ${named}.`;
	return `${stages.length > 1 ? 'Stages' : 'Stage'} ${codes(stages)}, ${named}.`;
}

function block(text: string, language: string): string {
	return `\`\`\`${language}\n${text}\n\`\`\``;
}

/** What the runtime prints at each stage, the same text once. */
function prints({ prints: usual, printsAt = {}, stages }: Explanation): string {
	if (usual === '') return ' nothing of its own.';
	const shown = (stage: PathStage) => fill(printsAt[stage] ?? usual, stage === 'token' ? { role: stage } : { stage });
	const byText = Map.groupBy(stages, shown);
	if (byText.size < 2) return `\n\n${block([...byText.keys()][0] ?? fill(usual, {}), 'text')}`;
	return [...byText].map(([text, at]) => `\n\nAt ${codes(at)}:\n\n${block(text, 'text')}`).join('');
}

/** One section; its heading is the word, so that `#word` leads to it. */
export function section(reason: AnyReason): string {
	const explanation: Explanation = explanations[reason];
	const { title, stages, means, remedy, confirm, related } = explanation;
	return [
		`## ${reason}`,
		`**Meaning:** ${title.charAt(0).toUpperCase()}${title.slice(1)}. ${fill(means, {})}`,
		`**Where:** ${where(stages)}`,
		`**containerd prints:**${prints(explanation)}`,
		`**Confirm by hand:**\n\n${block(fillCommand(confirm, {}), 'sh')}`,
		`**Remedy:** ${fill(remedy, {})}`,
		`**Related:** ${related.map((other) => `[\`${other}\`](#${other})`).join(', ')}`,
	].join('\n\n');
}

const everyReason: readonly AnyReason[] = [...probeReasons, ...messageReasons];

/** Every reason in a line: what it is, and where on the path it is met. */
export function index(): string {
	const rows = everyReason.map((reason) => {
		const { title, stages }: Explanation = explanations[reason];
		const met = stages.length === pathStages.length ? 'every stage' : codes(stages);
		return [`[\`${reason}\`](#${reason})`, title, met === '' ? 'messages only' : met];
	});
	return tableOf(['reason', 'is', 'met at'], rows);
}

/** The part of docs/runbook.md below the marker. */
export function sections(): string {
	return `${everyReason.map(section).join('\n\n')}\n`;
}

/** docs/runbook.md with its index and its sections as the table of reasons has them. */
export function withReasons(page: string): string {
	const [introduction] = page.split(/^<!-- The rest is made from src\/reasons: .* -->$/m);
	return `${withRegion(introduction ?? '', 'reasons', index())}${marker}\n\n${sections()}`;
}
