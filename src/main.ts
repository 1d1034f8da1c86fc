#!/usr/bin/env node
import { agentCommand } from './commands/agent.ts';
import { checkCommand } from './commands/check.ts';
import { clusterCommand } from './commands/cluster.ts';
import { configCommand } from './commands/config.ts';
import { explainCommand } from './commands/explain.ts';
import { outliveReaders } from './commands/outliveReaders.ts';
import { planCommand } from './commands/plan.ts';
import { createProgram, run } from './commands/program.ts';

outliveReaders(process.stdout, process.stderr);
const program = createProgram([
	agentCommand(),
	checkCommand(),
	planCommand(),
	configCommand(),
	explainCommand(),
	clusterCommand(),
]);
process.exitCode = (await run(program, process.argv.slice(2))) ?? process.exitCode;
