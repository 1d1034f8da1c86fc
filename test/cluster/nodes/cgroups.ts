import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from './eventually.ts';

const top = '/sys/fs/cgroup';

/** Seconds until the last process has ended that was killed. */
const patience = 30;

const directoriesIn = (path: string) =>
	readdirSync(path, { withFileTypes: true })
		.filter((each) => each.isDirectory())
		.map(({ name }) => name);

/** Of cgroup version 2 there is one tree; of version 1 one for each controller, and often one of version 2 beside them. */
function trees(): string[] {
	if (existsSync(join(top, 'cgroup.controllers'))) return [top];
	return directoriesIn(top)
		.map((name) => join(top, name))
		.filter((path) => existsSync(join(path, 'cgroup.procs')));
}

/** Files without which version 1 lets no process into a cgroup. */
const inherited = ['cpuset.cpus', 'cpuset.mems'];

/** Makes a cgroup in every tree, below that of its parent, which has to be there: `run/node-a`. It has every controller. */
export function makeCgroup(name: string): void {
	for (const tree of trees()) {
		const path = join(tree, name);
		const above = join(path, '..');
		if (tree === top) shareControllers(above);
		mkdirSync(path);
		for (const file of inherited.filter((each) => tree !== top && existsSync(join(path, each)))) {
			writeFileSync(join(path, file), readFileSync(join(above, file)));
		}
	}
}

/** Version 2: gives the cgroups below what a cgroup has. */
function shareControllers(path: string): void {
	const has = readFileSync(join(path, 'cgroup.controllers'), 'utf8').trim().split(' ');
	writeFileSync(join(path, 'cgroup.subtree_control'), has.map((name) => `+${name}`).join(' '));
}

/**
 * Removes the cgroups whose names satisfy `of`, with all below. The processes in them have ended or been killed: as long as
 * one of them is not gone its cgroup stays. Rejects with what hinders it when that takes half a minute.
 */
export async function removeCgroups(of: (name: string) => boolean): Promise<void> {
	const removeAll = () => {
		for (const tree of trees()) {
			for (const name of directoriesIn(tree).filter(of)) remove(join(tree, name));
		}
		return Promise.resolve(true);
	};
	await eventually('the cgroups are removed', removeAll, patience);
}

function remove(path: string): void {
	for (const name of directoriesIn(path)) remove(join(path, name));
	rmdirSync(path);
}
