import { configureGlobal } from 'fast-check';

/**
 * Property tests try the same inputs in every run, so that a red run can be repeated; `FUZZ_SEED=random` tries others,
 * `FUZZ_SEED=N` those of a seed that fast-check printed.
 */
const wish = process.env['FUZZ_SEED'] ?? '20261121';

configureGlobal(wish === 'random' ? {} : { seed: Number(wish) });
