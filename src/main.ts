#!/usr/bin/env node
import { allCommands } from './commands/commands.ts';
import { outliveReaders } from './commands/outliveReaders.ts';
import { createProgram, run } from './commands/program.ts';

outliveReaders(process.stdout, process.stderr);
const program = createProgram(allCommands());
process.exitCode = (await run(program, process.argv.slice(2))) ?? process.exitCode;
