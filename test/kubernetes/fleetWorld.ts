import { type Access, startControlPlane } from './controlPlane.ts';
import { type Fleet, makeFleet } from './fleet.ts';
import type { Programs } from './parts.ts';

/** An API server of its own with a fleet. */
export interface FleetWorld extends Fleet {
	readonly access: Access;
}

export async function makeFleetWorld(programs: Programs): Promise<FleetWorld> {
	const plane = await startControlPlane(programs);
	const fleet = await makeFleet(plane.access, programs.fleet);
	return {
		access: plane.access,
		add: (nodes) => fleet.add(nodes),
		asked: fleet.asked,
		async [Symbol.asyncDispose]() {
			await fleet[Symbol.asyncDispose]();
			await plane[Symbol.asyncDispose]();
		},
	};
}
