import type { Config } from '../../src/config/config.ts';
import type { Target } from '../../src/plan/target.ts';
import { targetsFor } from '../../src/plan/targetsFor.ts';

/** The target that a person names, on a node that says nothing: the registry's own host and no other. */
export function targetFor(typed: string, config: Config): Target {
	const [target, ...more] = targetsFor(typed, config);
	if (!target || more.length > 0) throw new Error(`not one target: ${typed}`);
	return target;
}
