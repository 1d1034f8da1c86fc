import type { TestProject } from 'vitest/node';
import { type Access, startControlPlane } from './controlPlane.ts';
import { install } from './install.ts';
import { makePrograms, type Programs } from './parts.ts';

declare module 'vitest' {
	interface ProvidedContext {
		readonly access: Access;
		readonly programs: Programs;
	}
}

/** Starts one control plane, with the base and its twin installed, for all suites that have none of their own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	await using stack = new AsyncDisposableStack();
	const programs = makePrograms();
	const { access } = stack.use(await startControlPlane(programs));
	await install(access, programs.monitoring);
	project.provide('programs', programs);
	project.provide('access', access);
	const owned = stack.move();
	return async () => await owned.disposeAsync();
}
