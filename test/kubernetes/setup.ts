import type { TestProject } from 'vitest/node';
import { type Access, startControlPlane } from './controlPlane.ts';
import { makePrograms, type Programs } from './parts.ts';

declare module 'vitest' {
	interface ProvidedContext {
		readonly access: Access;
		readonly programs: Programs;
	}
}

/** Starts one control plane for all suites; each works in namespaces of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const programs = makePrograms();
	const plane = await startControlPlane(programs);
	project.provide('programs', programs);
	project.provide('access', plane.access);
	return async () => await plane[Symbol.asyncDispose]();
}
