import { Command } from 'commander';
import type { Target } from '../plan/target.ts';
import { targetsFor } from '../plan/targetsFor.ts';
import { InvalidReference } from '../registry/image.ts';
import { printable } from '../registry/redact.ts';
import { observationsDocument } from '../views/json.ts';
import type { Report } from '../views/terminal/checked.ts';
import { renderReport } from '../views/terminal/report.ts';
import { showLiveLine } from './liveLine.ts';
import { commonOptions, readCommonOptions, type CommonOptions } from './options.ts';
import { probeAll } from './probeAll.ts';
import { Progress } from './progress.ts';
import { loadSettings } from './settings.ts';
import { type NodeHere, openNode } from './nodeHere.ts';
import { styleFor } from './terminal.ts';
import { verdictsByImage } from './verdictsByImage.ts';

/** The code of a process that Ctrl-C ended, by the convention of shells. */
const interrupted = 130;

/** `check`: one attempt now, on the given targets or the whole plan, and a report of what a pull would meet. */
export function checkCommand(): Command {
	return commonOptions(new Command('check'))
		.description('probe once, now, and say whether pulls would succeed and where they break')
		.argument('[target...]', 'registries or images: docker.io, ghcr.io/org/app:1.2 (default: the whole plan)')
		.action(async (names: readonly string[], _options: unknown, command: Command) => {
			const options = readCommonOptions(command);
			const config = await loadSettings(options);
			const here = await openNode(config);
			process.exitCode = await check(targetsOf(names, here, command), here, options);
		});
}

/** Gives the exit code: 0 every pull would succeed, 1 some would fail. */
async function check(targets: readonly Target[], here: NodeHere, options: CommonOptions): Promise<number> {
	const report = await run(here, targets);
	if (!report) return interrupted;
	process.stdout.write(rendered(report, options));
	return report.pulls.every(({ success }) => success) ? 0 : 1;
}

/** The targets that a person named, each once; those of the plan where none is named. Ends in an error of usage for what is no name. */
function targetsOf(names: readonly string[], here: NodeHere, command: Command): readonly Target[] {
	if (names.length === 0) return here.targets();
	try {
		return [...new Set(names)].flatMap((name) => targetsFor(name, here.config, here.view().rules));
	} catch (error) {
		if (error instanceof InvalidReference) return command.error(printable(error.message, 300));
		throw error;
	}
}

/** Probes while a line tells how far it is; nothing when it was interrupted. */
async function run(here: NodeHere, targets: readonly Target[]): Promise<Report | undefined> {
	const interruption = new AbortController();
	const interrupt = () => interruption.abort();
	const progress = new Progress(targets.length);
	const line = showLiveLine(process.stderr, styleFor(process.stderr, process.env).unicode, () => progress.line());
	process.once('SIGINT', interrupt);
	try {
		const checked = await probeAll(targets, here.surroundings, interruption.signal, progress);
		if (interruption.signal.aborted) return undefined;
		const { config, view } = here;
		const pulls = verdictsByImage(checked, view().rules.runtime);
		return { node: config.node.name, checked, pulls, now: Date.now() };
	} finally {
		process.off('SIGINT', interrupt);
		line.clear();
	}
}

function rendered(report: Report, { output, verbose }: CommonOptions): string {
	if (output === 'text') return renderReport(report, { ...styleFor(process.stdout, process.env), verbose });
	const { node, pulls, checked } = report;
	const document = observationsDocument({ node, pulls, observations: checked.map(({ observation }) => observation) });
	return `${JSON.stringify(document, null, '\t')}\n`;
}
