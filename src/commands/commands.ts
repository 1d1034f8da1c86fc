import type { Command } from 'commander';
import { agentCommand } from './agent.ts';
import { checkCommand } from './check.ts';
import { clusterCommand } from './cluster.ts';
import { configCommand } from './config.ts';
import { explainCommand } from './explain.ts';
import { planCommand } from './plan.ts';

/** Every command of the program, in the order of its help; each call makes them anew. */
export function allCommands(): readonly Command[] {
	return [agentCommand(), checkCommand(), planCommand(), configCommand(), explainCommand(), clusterCommand()];
}
